import { err, ok, type Result } from 'neverthrow';
import { POSTS, type Post } from '../domain/post.js';
import { otherPostOf } from '../domain/post-acts.js';
import { type Problem, problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { actedElsewhere, type LoanCase, type OpenFinding } from './loan-case.js';

export interface AnswererPort {
  /** The post that the finding's rule names, or its exception, by the book that found it. */
  answererOf(finding: OpenFinding): Promise<Post | null>;
}

/** Who speaks to a finding, under which appointment. */
interface Answerer {
  readonly post: Post;
  readonly staffId: string;
  readonly appointmentId: string;
}

const notTheirs = (post: Post | null): Problem =>
  problem(
    'forbidden',
    'finding.not-yours',
    {
      zh: `该发现由${post === null ? '规则未指定的岗位' : POSTS[post].zh}书面答复`,
      en: `this finding is answered by: ${post === null ? 'no post' : POSTS[post].en}`,
    },
    { clause: 'M1' },
  );

/** The actor as holder of the post that the rule names, at the branch or at head office, who acted at no other post (G1, M1). */
export async function answererFor(
  port: AnswererPort,
  actor: Actor,
  { application, acts }: LoanCase,
  finding: OpenFinding,
): Promise<Result<Answerer, Problem>> {
  const post = await port.answererOf(finding);
  const appointment = actor.appointments.find(
    (one) => one.post === post && (one.headOffice || one.unitId === application.branchId),
  );
  if (post === null || appointment?.id == null || actor.staffId === null) return err(notTheirs(post));
  const other = otherPostOf(acts, actor.staffId, 'review');
  if (other !== null) return err(actedElsewhere(other));
  return ok({ post, staffId: actor.staffId, appointmentId: appointment.id });
}
