import { type AuthorityRoute, holdersOf, LOAN_POSTS } from './authority.js';
import type { Post } from './post.js';
import type { ApplicationStage } from './workflow.js';

/** Whose desk an application lies on: posts, at its branch or at head office. */
export interface Desk {
  readonly posts: readonly Post[];
  readonly headOffice: boolean;
}

const OFFICERS: Desk = { posts: ['field_credit_officer'], headOffice: false };
const TELLERS: readonly Desk[] = [
  { posts: ['accounting_supervisor'], headOffice: false },
  { posts: ['head_of_credit_department'], headOffice: true },
];

/** The desks on which an application of a stage lies on its route; none where nobody has to act any more. */
export function desksOf(stage: ApplicationStage, route: AuthorityRoute | null): readonly Desk[] {
  if (stage === 'intake' || stage === 'contract') return [OFFICERS];
  if (stage === 'release') return TELLERS;
  const post = LOAN_POSTS.find((one) => one === stage);
  return post === undefined || route === null ? [] : [{ posts: holdersOf(route, post), headOffice: route === 'over' }];
}
