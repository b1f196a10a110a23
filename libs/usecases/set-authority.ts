import { err, ok, type Result } from 'neverthrow';
import { authorityTableFaults, type LimitRow, type Period } from '../domain/authority-table.js';
import { type Fault, fault, type Problem, problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { type AuthorityPort, atHeadOffice, type NewLimit, noProductTable, type RatingView } from './authority.js';
import { invalidInput, otherUnit } from './problems.js';
import { auditOf } from './records.js';

export interface AuthorityTableView {
  readonly id: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly basis: string;
  readonly limits: number;
  readonly ratings: number;
}

export interface SetAuthorityPort extends AuthorityPort {
  /** Whether limits that begin within the period have begun by a day. */
  limitsBegunWithin(period: Period, today: string): Promise<boolean>;
  /** Lets what is in force end the day before, and replaces what has not begun yet. */
  makeRoomFor(period: Period, at: Date): Promise<void>;
  addTable(
    table: Omit<AuthorityTableView, 'id' | 'limits' | 'ratings'> & { csv: string; ratings: readonly RatingView[] },
    limits: readonly NewLimit[],
    staffId: string | null,
    at: Date,
  ): Promise<string>;
}

const taken = (): Problem =>
  problem(
    'conflict',
    'table.period-taken',
    { zh: '该期间的授权已开始执行', en: 'limits that begin within this period are in force already' },
    { clause: 'G2' },
  );

const unrated = (): Problem =>
  problem(
    'unprocessable',
    'table.unrated',
    { zh: '该授权期尚未评级，不得授权', en: 'the branches are not rated for the period: no authority without it' },
    { clause: 'G2' },
  );

/**
 * Sets what each branch may lend by itself in a period: people decide, over the ratings, which stay with the decision
 * (G2). The table covers every branch, category and day, once. What was in force ends the day before; what has not
 * begun yet is replaced, so that a mistake can be put right.
 */
export async function setAuthority(
  port: SetAuthorityPort,
  actor: Actor,
  command: { period: Period; basis: string; csv: string; rows: readonly LimitRow[]; unread: readonly Fault[] },
): Promise<Result<AuthorityTableView, Problem>> {
  const { period, basis, csv, rows, unread } = command;
  if (!atHeadOffice(actor, 'authority:set')) return err(otherUnit());
  const branches = await port.lendingBranches(period.from);
  if (branches === null) return err(noProductTable());
  const faults = unread.length > 0 ? [...unread] : authorityTableFaults(rows, branches, period);
  if (period.to < period.from)
    faults.push(fault('/to', 'input.dates', { zh: '早于起始日', en: 'ends before it begins' }));
  if (period.from < actor.businessDate)
    faults.push(fault('/from', 'table.past', { zh: '不得追溯授权', en: 'authority is not given for days gone by' }));
  if (faults.length > 0) return err(invalidInput(faults));
  const ratings = await port.ratings(period.from);
  if (branches.some(({ id }) => !ratings.some(({ branchId }) => branchId === id))) return err(unrated());
  if (await port.limitsBegunWithin(period, actor.businessDate)) return err(taken());
  await port.makeRoomFor(period, actor.at);
  const table = { validFrom: period.from, validTo: period.to, basis };
  const idOf = new Map(branches.map((branch) => [branch.code, branch.id]));
  const limits = rows.map((row) => ({ ...row, branchId: idOf.get(row.branch) ?? '' }));
  const id = await port.addTable({ ...table, csv, ratings }, limits, actor.staffId, actor.at);
  const view = { id, ...table, limits: rows.length, ratings: ratings.length };
  await port.audit(
    auditOf(actor, 'authority:set', 'authority.set', { kind: 'authority_table', id }, { after: { ...view, csv } }),
  );
  return ok(view);
}
