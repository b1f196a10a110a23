import type { Attempt } from '../attempt.js';
import { AFTER_RELEASE } from './after-release.js';
import { APPOINTMENTS, TWO_POSTS } from './posts.js';
import { RECORDS } from './records.js';
import { RELEASES } from './release.js';
import { ROLE } from './role.js';
import { RULES } from './rules.js';
import { STAGES } from './stages.js';
import { TENANCY } from './tenancy.js';
import { VOTES } from './votes.js';

/** Every way around the posts that is tried, by kind. */
export const ATTEMPTS: Readonly<Record<string, readonly Attempt[]>> = {
  'two-posts': TWO_POSTS,
  appointments: APPOINTMENTS,
  votes: VOTES,
  stages: STAGES,
  releases: RELEASES,
  'after-release': AFTER_RELEASE,
  records: RECORDS,
  rules: RULES,
  tenancy: TENANCY,
  role: ROLE,
};
