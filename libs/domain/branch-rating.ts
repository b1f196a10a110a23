/** How a branch stands, for its lending authority (G2): asset quality, staff, management. */
export interface BranchFigures {
  readonly balanceFen: number;
  /** Of loans of the worse classes, of those without a class, and of those whose class their days overdue contradict. */
  readonly nonPerformingFen: number;
  /** The same of loans released within a year before the period. */
  readonly newNonPerformingFen: number;
  readonly responsibleOfficers: number;
  readonly examsPassedPercent: number;
  readonly lateInspections: number;
  readonly auditFindings: number;
}

export const BRANCH_GRADES = ['A', 'B', 'C', 'D'] as const;
export type BranchGrade = (typeof BRANCH_GRADES)[number];

/** The union's measures for a rating; each is a dated policy parameter. */
export interface RatingPolicy {
  readonly nonPerformingLimitPercent: number;
  readonly nonPerformingGoodPercent: number;
  readonly newNonPerformingGoodPercent: number;
  readonly officersMinimum: number;
  readonly examsPassedPercent: number;
  readonly lateInspectionsTolerated: number;
  readonly auditFindingsTolerated: number;
  readonly demeritsForB: number;
  /** What a grade makes of the limits so far, in percent. */
  readonly factorPercent: Readonly<Record<BranchGrade, number>>;
}

const above = (part: number, whole: number, percent: number): boolean => part * 100 > whole * percent;

/** Whether a branch's non-performing loans are more than so many percent of what it has lent. */
export const overNonPerformingLimit = (
  { balanceFen, nonPerformingFen }: Pick<BranchFigures, 'balanceFen' | 'nonPerformingFen'>,
  limitPercent: number,
): boolean => above(nonPerformingFen, balanceFen, limitPercent);

/**
 * D: over the non-performing limit or without a responsible credit officer (I2), no authority. Otherwise each measure
 * that is not met is a demerit: A without any, B with few, C with more.
 */
export function gradeOf(figures: BranchFigures, policy: RatingPolicy): BranchGrade {
  if (overNonPerformingLimit(figures, policy.nonPerformingLimitPercent)) return 'D';
  if (figures.responsibleOfficers < policy.officersMinimum) return 'D';
  const demerits = [
    above(figures.nonPerformingFen, figures.balanceFen, policy.nonPerformingGoodPercent),
    above(figures.newNonPerformingFen, figures.balanceFen, policy.newNonPerformingGoodPercent),
    figures.examsPassedPercent < policy.examsPassedPercent,
    figures.lateInspections > policy.lateInspectionsTolerated,
    figures.auditFindings > policy.auditFindingsTolerated,
  ].filter(Boolean).length;
  if (demerits === 0) return 'A';
  return demerits <= policy.demeritsForB ? 'B' : 'C';
}

/** The limit that a grade proposes for the next period, in whole fen, rounded down. */
export const proposedLimit = (limitFen: number, grade: BranchGrade, { factorPercent }: RatingPolicy): number =>
  Number((BigInt(limitFen) * BigInt(factorPercent[grade])) / 100n);
