import type { Post } from './post.js';

/** Who stops a product, and lifts its stop; always two of them (M1). The database holds the same list. */
export const STOP_POSTS: readonly Post[] = [
  'president',
  'vice_president',
  'head_of_credit_department',
  'compliance_maker',
  'compliance_checker',
];

/** How long an order waits for the second person. */
export const CONFIRMED_WITHIN_MS = 60 * 60 * 1000;
