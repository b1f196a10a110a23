import { err, ok, type Result } from 'neverthrow';
import { type BranchFigures, gradeOf, proposedLimit, type RatingPolicy } from '../domain/branch-rating.js';
import { type Fault, fault, type Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import {
  type AuthorityPort,
  atHeadOffice,
  type LendingBranchLimits,
  noProductTable,
  noRatingPolicy,
  type RatingView,
} from './authority.js';
import { invalidInput, otherUnit, unknownRecord } from './problems.js';
import { auditOf } from './records.js';

/** What only people know of a branch: exams of its officers, inspections that came late, findings of the audit. */
export interface GivenFigures {
  readonly branchId: string;
  readonly examsPassedPercent: number;
  readonly lateInspections: number;
  readonly auditFindings: number;
}

export interface RateBranchesPort extends AuthorityPort {
  addRating(rating: Omit<RatingView, 'id' | 'branch'>, staffId: string | null, at: Date): Promise<string>;
}

/**
 * Rates every lending branch for a period from its asset quality, its officers and its management, not from its
 * deposits, and proposes its limits (G2). The ledger's figures are counted now; people give the rest.
 */
export async function rateBranches(
  port: RateBranchesPort,
  actor: Actor,
  command: { periodFrom: string; periodTo: string; given: readonly GivenFigures[] },
): Promise<Result<{ items: RatingView[] }, Problem>> {
  const { periodFrom, periodTo, given } = command;
  if (!atHeadOffice(actor, 'authority:propose')) return err(otherUnit());
  const policy = await port.ratingPolicy(actor.businessDate);
  if (policy === null) return err(noRatingPolicy());
  const branches = await port.lendingBranches(actor.businessDate);
  if (branches === null) return err(noProductTable());
  const faults = givenFaults(branches, given);
  if (periodTo < periodFrom)
    faults.push(fault('/periodTo', 'input.dates', { zh: '早于起始日', en: 'ends before it begins' }));
  if (faults.length > 0) return err(invalidInput(faults));
  const counts = await port.countedFigures(actor.businessDate, null);
  const items: RatingView[] = [];
  for (const branch of branches) {
    const theirs = given.find(({ branchId }) => branchId === branch.id);
    const count = counts.find((one) => one.branchId === branch.id);
    if (theirs === undefined || count === undefined) continue;
    const { branchId, ...known } = theirs;
    const rating = { branchId, periodFrom, periodTo, ...rated(branch, { ...count.counted, ...known }, policy) };
    items.push({ id: await port.addRating(rating, actor.staffId, actor.at), branch: branch.name, ...rating });
  }
  await port.audit(
    auditOf(
      actor,
      'authority:propose',
      'authority.rate',
      { kind: 'branch_rating', id: null },
      { after: { periodFrom, periodTo, grades: items.map(({ branchId, grade }) => ({ branchId, grade })) } },
    ),
  );
  return ok({ items });
}

function rated({ categories, limits }: LendingBranchLimits, figures: BranchFigures, policy: RatingPolicy) {
  const grade = gradeOf(figures, policy);
  const proposed = Object.fromEntries(
    categories.map((category) => [category, proposedLimit(limits[category] ?? 0, grade, policy)]),
  );
  return { figures, grade, proposed };
}

/** Every branch that lends is rated, none twice, and no other. */
function givenFaults(branches: readonly LendingBranchLimits[], given: readonly GivenFigures[]): Fault[] {
  const ids = given.map(({ branchId }) => branchId);
  const strange = ids.flatMap((id, index) =>
    branches.some((branch) => branch.id === id) && ids.indexOf(id) === index
      ? []
      : [unknownRecord(`/given/${index}/branchId`, { zh: '未评级的信用社', en: 'branch that is not rated yet' })],
  );
  const missing = branches
    .filter(({ id }) => !ids.includes(id))
    .map(({ code, name }) =>
      fault('/given', 'rating.branch-missing', {
        zh: `缺少 ${code} ${name} 的考试、检查、稽核情况`,
        en: `the exams, inspections and audit findings of ${code} ${name} are missing`,
      }),
    );
  return [...strange, ...missing];
}
