import { type AuthorityRoute, holdersOf, LOAN_POSTS } from './authority.js';
import type { Post } from './post.js';
import type { ApplicationStage } from './workflow.js';

/** Whose desk an application lies on: posts, at its branch or at head office. */
export interface Desk {
  readonly posts: readonly Post[];
  readonly headOffice: boolean;
}

const OFFICERS: Desk = { posts: ['field_credit_officer'], headOffice: false };
const TELLERS: Desk = { posts: ['accounting_supervisor'], headOffice: false };

/** The desk of a stage on its route; null where nobody has to act any more. */
export function deskOf(stage: ApplicationStage, route: AuthorityRoute | null): Desk | null {
  if (stage === 'intake' || stage === 'contract') return OFFICERS;
  if (stage === 'release') return TELLERS;
  const post = LOAN_POSTS.find((one) => one === stage);
  return post === undefined || route === null ? null : { posts: holdersOf(route, post), headOffice: route === 'over' };
}
