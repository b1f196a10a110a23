import type { LendingBranch, LimitRow } from '../domain/authority-table.js';
import type { BranchFigures, BranchGrade, RatingPolicy } from '../domain/branch-rating.js';
import { type Problem, problem } from '../domain/problem.js';
import type { ProductCategory } from '../domain/product.js';
import type { RecordsPort } from './records.js';

/** A branch's figures of a period, its grade, and the limits in fen that they propose (G2). */
export interface RatingView {
  readonly id: string;
  readonly branchId: string;
  readonly branch: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly figures: BranchFigures;
  readonly grade: BranchGrade;
  readonly proposed: Readonly<Partial<Record<ProductCategory, number>>>;
}

/** The figures that the ledger and the appointments give. */
export type CountedFigures = Pick<
  BranchFigures,
  'balanceFen' | 'nonPerformingFen' | 'newNonPerformingFen' | 'responsibleOfficers'
>;

export interface LendingBranchFigures extends LendingBranch {
  readonly name: string;
  readonly counted: CountedFigures;
  /** Limits in force, in fen by category. */
  readonly limits: Readonly<Partial<Record<ProductCategory, number>>>;
}

export interface AuthorityPort extends RecordsPort {
  lendingBranches(on: string): Promise<LendingBranchFigures[]>;
  /** Null where a parameter of it is missing or has run out. */
  ratingPolicy(on: string): Promise<RatingPolicy | null>;
  /** The newest rating of each branch for a period. */
  ratings(periodFrom: string): Promise<RatingView[]>;
}

export type NewLimit = LimitRow & { readonly branchId: string };

export const noRatingPolicy = (): Problem =>
  problem(
    'unavailable',
    'policy.missing',
    { zh: '授权评级参数缺失或失效', en: 'a parameter of the rating is missing or has run out' },
    { clause: 'G2' },
  );
