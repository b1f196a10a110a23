import type { Post } from './post.js';
import type { Bilingual } from './text.js';

/** Within the branch's authority (权限内, G1.1) or over it (超权限, G1.2). */
export const AUTHORITY_ROUTES = ['within', 'over'] as const;
export type AuthorityRoute = (typeof AUTHORITY_ROUTES)[number];

/** The four pre-loan posts and the inspection (五岗). */
export const LOAN_POSTS = ['investigation', 'review', 'deliberation', 'approval'] as const;
export type LoanPost = (typeof LOAN_POSTS)[number];

export const LOAN_POST_NAMES: Readonly<Record<LoanPost, Bilingual>> = {
  investigation: { zh: '调查岗', en: 'investigation' },
  review: { zh: '审查岗', en: 'review' },
  deliberation: { zh: '审议岗', en: 'deliberation' },
  approval: { zh: '审批岗', en: 'approval' },
};

/** Who holds which post, by the source's own words. */
const HOLDERS: Readonly<Record<AuthorityRoute, Readonly<Record<LoanPost, readonly Post[]>>>> = {
  within: {
    investigation: ['field_credit_officer'],
    review: ['deputy_director', 'accounting_supervisor'],
    deliberation: ['deliberation_group_member'],
    approval: ['branch_director'],
  },
  over: {
    investigation: ['customer_department_investigator'],
    review: ['vice_president', 'head_of_credit_department'],
    deliberation: ['approval_group_member'],
    approval: ['president'],
  },
};

/** The posts of investigation on either route, and the officer who answers for the loan (I2): they bring it, and judge nothing of it. */
export const INVESTIGATOR_POSTS: readonly Post[] = [
  ...HOLDERS.within.investigation,
  ...HOLDERS.over.investigation,
  'responsible_credit_officer',
];

export const holdersOf = (route: AuthorityRoute, post: LoanPost): readonly Post[] => HOLDERS[route][post];

/** Over authority the review is both theirs: the vice-president in charge and the head of the credit department (G1.2). */
export const reviewersNeeded = (route: AuthorityRoute): readonly (readonly Post[])[] =>
  route === 'over' ? HOLDERS.over.review.map((post) => [post]) : [HOLDERS.within.review];

export const clauseOfRoute = (route: AuthorityRoute): string => (route === 'within' ? 'G1.1' : 'G1.2');

/**
 * The route of a loan: within where the risk group's exposure with this loan is at most what the branch may lend today,
 * over where it is more or the branch has no authority in force (G2, I2).
 */
export const routeOf = (groupAfterFen: number, limitFen: number | null): AuthorityRoute =>
  limitFen !== null && groupAfterFen <= limitFen ? 'within' : 'over';
