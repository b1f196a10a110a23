import { err, ok, type Result } from 'neverthrow';
import { overNonPerformingLimit } from '../domain/branch-rating.js';
import { nextDay } from '../domain/civil-date.js';
import { type Problem, problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { atHeadOffice, type BranchCount } from './authority.js';
import { notFound, otherUnit } from './problems.js';
import { auditOf, type RecordsPort } from './records.js';

export interface SuspensionView {
  readonly id: string;
  readonly branchId: string;
  readonly branch: string;
  readonly suspendedFrom: string;
  readonly balanceFen: number;
  readonly nonPerformingFen: number;
  readonly liftedOn: string | null;
  readonly liftReason: string | null;
}

export interface LiftSuspensionPort extends RecordsPort {
  countedFigures(on: string, branchId: string | null): Promise<BranchCount[]>;
  nonPerformingLimitPercent(on: string): Promise<number | null>;
  suspensions(): Promise<SuspensionView[]>;
  lift(id: string, liftedOn: string, staffId: string | null, reason: string): Promise<void>;
}

const stillOver = (): Problem =>
  problem(
    'unprocessable',
    'suspension.still-over',
    { zh: '不良贷款率仍超过上限，不得恢复授权', en: 'the branch is over its non-performing limit still' },
    { clause: 'G2' },
  );

/** Gives a branch its authority back from the next day on, once its non-performing loans are within the limit again. */
export async function liftSuspension(
  port: LiftSuspensionPort,
  actor: Actor,
  command: { id: string; reason: string },
): Promise<Result<SuspensionView, Problem>> {
  if (!atHeadOffice(actor, 'authority:set')) return err(otherUnit());
  const before = (await port.suspensions()).find(({ id }) => id === command.id);
  if (before === undefined || before.liftedOn !== null)
    return err(notFound({ zh: '暂停授权记录', en: 'suspension that stands' }));
  const [branch] = await port.countedFigures(actor.businessDate, before.branchId);
  const limit = await port.nonPerformingLimitPercent(actor.businessDate);
  if (branch === undefined || limit === null || overNonPerformingLimit(branch.counted, limit)) return err(stillOver());
  const liftedOn = nextDay(actor.businessDate);
  await port.lift(before.id, liftedOn, actor.staffId, command.reason);
  const after = { ...before, liftedOn, liftReason: command.reason };
  await port.audit(
    auditOf(
      actor,
      'authority:set',
      'authority.lift',
      { kind: 'authority_suspension', id: before.id },
      { before, after },
    ),
  );
  return ok(after);
}
