import { err, ok, type Result } from 'neverthrow';
import { POSTS, type Post } from '../domain/post.js';
import { otherPostOf } from '../domain/post-acts.js';
import { type Problem, problem } from '../domain/problem.js';
import type { Bilingual } from '../domain/text.js';
import type { Actor } from './actor.js';
import { actedElsewhere, type LoanCase, type OpenFinding } from './loan-case.js';

export interface AnswererPort {
  /** The post that answers a finding: its rule's, or its exception's, by the book that found it. */
  answererOf(finding: OpenFinding): Promise<Post | null>;
  /** The post that may waive it, by its rule in the book that found it; null: nobody may. */
  waiverOf(finding: OpenFinding): Promise<Post | null>;
}

/** Who speaks to a finding, under which appointment. */
interface Answerer {
  readonly post: Post;
  readonly staffId: string;
  readonly appointmentId: string;
}

const SPOKEN = {
  answer: { zh: '书面答复', en: 'answered' },
  waive: { zh: '豁免', en: 'waived' },
} as const;

const notTheirs = (post: Post | null, { zh, en }: Bilingual): Problem =>
  problem(
    'forbidden',
    'finding.not-yours',
    {
      zh: `该发现由${post === null ? '规则未指定的岗位' : POSTS[post].zh}${zh}`,
      en: `this finding is ${en} by: ${post === null ? 'no post' : POSTS[post].en}`,
    },
    { clause: 'M1' },
  );

/** The actor as holder of the post that the rule names for this, at the branch or at head office, who acted at no other post (G1, M1). */
export function answererFor(
  post: Post | null,
  does: keyof typeof SPOKEN,
  actor: Actor,
  { application, acts }: LoanCase,
): Result<Answerer, Problem> {
  const appointment = actor.appointments.find(
    (one) => one.post === post && (one.headOffice || one.unitId === application.branchId),
  );
  if (post === null || appointment?.id == null || actor.staffId === null) return err(notTheirs(post, SPOKEN[does]));
  const other = otherPostOf(acts, actor.staffId, 'review');
  if (other !== null) return err(actedElsewhere(other));
  return ok({ post, staffId: actor.staffId, appointmentId: appointment.id });
}
