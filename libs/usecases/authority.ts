import type { LendingBranch, LimitRow } from '../domain/authority-table.js';
import type { BranchFigures, BranchGrade, RatingPolicy } from '../domain/branch-rating.js';
import type { Permission } from '../domain/permission.js';
import { type Problem, problem } from '../domain/problem.js';
import type { ProductCategory } from '../domain/product.js';
import { type Actor, unitsFor } from './actor.js';
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

export interface BranchCount {
  readonly branchId: string;
  readonly counted: CountedFigures;
}

export interface LendingBranchLimits extends LendingBranch {
  readonly name: string;
  /** Limits in force, in fen by category. */
  readonly limits: Readonly<Partial<Record<ProductCategory, number>>>;
}

export interface AuthorityPort extends RecordsPort {
  /**
   * Branches, sub-branches and the business department that are open on a day. Null where the book in force does not
   * say what a branch lends by where it stands.
   */
  lendingBranches(on: string): Promise<LendingBranchLimits[] | null>;
  /** What the ledger and the appointments say of a branch, or of all: one pass over what they have lent. */
  countedFigures(on: string, branchId: string | null): Promise<BranchCount[]>;
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

export const noProductTable = (): Problem =>
  problem(
    'unavailable',
    'policy.no-product-table',
    {
      zh: '现行规则没有完整的决策表 product-by-location',
      en: 'the book in force has no whole table product-by-location',
    },
    { clause: 'G2' },
  );

/** Ratings, tables and suspensions are head office's: a branch sets no authority, its own or another's. */
export const atHeadOffice = (actor: Actor, permission: Permission): boolean => unitsFor(actor, permission) === 'all';
