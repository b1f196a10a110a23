import type { Attempt } from '../attempt.js';
import { move } from '../statements.js';

const skip = (id: string, on: string, stage: string, set?: string): Attempt => ({
  id,
  clause: 'G1',
  sql: move(on, stage, set),
});
const rewrite = (id: string, on: string, set: string, clause = 'G1'): Attempt => ({
  id,
  clause,
  sql: `update loan_application set ${set}, version = version + 1 where union_id = :union and id = :${on}`,
});

/** An application once more, as it would be taken in. */
const takenIn = (stage = 'intake', verdict = 'null', route = 'null'): string =>
  `insert into loan_application (id, union_id, file_no, branch_id, party_id, product_id, amount_fen, term_months, purpose, stage, intake_verdict,
     route, submitted_on, submitted_at)
   select :fresh, union_id, 'X-1', branch_id, party_id, product_id, amount_fen, term_months, purpose, '${stage}', ${verdict}, ${route},
     submitted_on, submitted_at
   from loan_application where union_id = :union and id = :investigation`;
const ACCEPTED = `, intake_verdict = 'PASS', route = 'within', book_hash = 'x'`;

/** Stages that are skipped, gone back to or risen from by a direct update (G1, M2). */
export const STAGES: readonly Attempt[] = [
  { id: 'intake-without-a-decision', clause: 'M2', given: [takenIn()], sql: move('fresh', 'investigation', ACCEPTED) },
  { id: 'intake-to-release', clause: 'G1', given: [takenIn()], sql: move('fresh', 'release', ACCEPTED) },
  { id: 'intake-to-released', clause: 'G1', given: [takenIn()], sql: move('fresh', 'released', ACCEPTED) },
  { id: 'begun-at-release', clause: 'G1', sql: takenIn('release', `'PASS'`, `'within'`) },
  skip('investigation-to-review-without-a-report', 'investigation', 'review'),
  skip('investigation-to-approval', 'investigation', 'approval'),
  skip('review-to-deliberation-without-a-review', 'review', 'deliberation'),
  skip('review-to-approval', 'review', 'approval'),
  skip('deliberation-to-approval-without-a-meeting', 'deliberation', 'approval'),
  skip('deliberation-refused-without-a-meeting', 'deliberation', 'refused'),
  skip('approval-to-contract-without-an-approval', 'approval', 'contract', ', approved_amount_fen = amount_fen'),
  skip('approval-to-release', 'approval', 'release', ', approved_amount_fen = amount_fen'),
  skip('review-to-release', 'review', 'release'),
  skip('refused-without-a-word', 'approval', 'refused'),
  skip('refused-to-review', 'refused', 'review'),
  skip('refused-to-investigation', 'refused', 'investigation'),
  skip('withdrawn-to-investigation', 'withdrawn', 'investigation'),
  skip('released-back-to-release', 'released', 'release'),
  skip('released-then-withdrawn', 'released', 'withdrawn'),
  {
    id: 'lapsed-to-investigation',
    clause: 'G1',
    given: [move('investigation', 'lapsed')],
    sql: move('investigation', 'investigation'),
  },
  skip('contract-to-release-without-a-contract', 'contract', 'release'),
  { id: 'withdrawn-without-a-trace', clause: 'I1', sql: move('review', 'withdrawn') },
  { id: 'one-reviewer-over-authority', clause: 'G1.2', sql: move('overReview', 'deliberation') },
  skip('back-without-a-return', 'approval', 'review', ', round = round + 1'),
  rewrite('route-taken-within', 'large', `route = 'within'`, 'G1.2'),
  rewrite('sum-raised', 'review', 'amount_fen = amount_fen * 10'),
  rewrite('term-stretched', 'review', 'term_months = 600'),
  rewrite('borrower-exchanged', 'review', 'party_id = :party', 'M2'),
  rewrite('branch-exchanged', 'review', 'branch_id = :branch', 'G2'),
  rewrite('intake-verdict-rewritten', 'review', `intake_verdict = 'WARN'`, 'M2'),
  rewrite('approved-sum-raised', 'release', 'approved_amount_fen = approved_amount_fen - 1'),
  rewrite('time-at-the-stage-begun-anew', 'review', `stage_since = now() + interval '1 year'`, 'M1'),
  rewrite('round-counted-on', 'review', 'round = round + 1'),
  rewrite('file-number-changed', 'review', `file_no = 'X-2'`, 'I1'),
];
