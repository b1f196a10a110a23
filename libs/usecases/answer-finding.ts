import { err, ok, type Result } from 'neverthrow';
import type { Post } from '../domain/post.js';
import { POSTS } from '../domain/post.js';
import { otherPostOf } from '../domain/post-acts.js';
import { type Problem, problem } from '../domain/problem.js';
import { LIVE_STAGES } from '../domain/workflow.js';
import type { Actor } from './actor.js';
import { actedElsewhere, type CasePort, type OpenFinding } from './loan-case.js';
import { notFound, wrongStage } from './problems.js';
import { auditOnCase } from './records.js';

export interface AnswerFindingPort extends CasePort {
  /** The post that the finding's rule names, by the book that found it. */
  answererOf(finding: OpenFinding): Promise<Post | null>;
  /** False where it was answered already. */
  answerFinding(
    findingId: string,
    answer: { staffId: string; appointmentId: string; opinion: string },
    at: Date,
  ): Promise<boolean>;
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

const answeredAlready = (): Problem =>
  problem('conflict', 'finding.answered', { zh: '该发现已有答复', en: 'this finding was answered already' });

/** Answers a REFER finding in writing, by the post that its rule names, in the branch or at head office (M1). */
export async function answerFinding(
  port: AnswerFindingPort,
  actor: Actor,
  command: { id: string; findingId: string; opinion: string },
): Promise<Result<{ findingId: string; answeredBy: Post }, Problem>> {
  const loanCase = await port.loanCase(command.id);
  const finding = loanCase?.referrals.find(({ id }) => id === command.findingId);
  if (!loanCase || finding === undefined) return err(notFound({ zh: '待答复的发现', en: 'finding to be answered' }));
  const { application } = loanCase;
  if (!LIVE_STAGES.includes(application.stage))
    return err(wrongStage(application.stage, { zh: '答复', en: 'answered' }));
  const post = await port.answererOf(finding);
  const appointment = actor.appointments.find(
    (one) => one.post === post && (one.headOffice || one.unitId === application.branchId),
  );
  if (post === null || appointment?.id == null || actor.staffId === null) return err(notTheirs(post));
  const other = otherPostOf(loanCase.acts, actor.staffId, 'review');
  if (other !== null) return err(actedElsewhere(other));
  const answer = { staffId: actor.staffId, appointmentId: appointment.id, opinion: command.opinion };
  if (finding.answered || !(await port.answerFinding(finding.id, answer, actor.at))) return err(answeredAlready());
  await port.recordAct(
    loanCase,
    { post: 'review', action: 'answer', ...answer, content: { findingId: finding.id } },
    actor.at,
  );
  await port.audit(
    auditOnCase(actor, appointment.id, 'finding.answer', application.id, {
      findingId: finding.id,
      ruleId: finding.ruleId,
    }),
  );
  return ok({ findingId: finding.id, answeredBy: post });
}
