import { err, ok, type Result } from 'neverthrow';
import type { Post } from '../domain/post.js';
import { type Problem, problem } from '../domain/problem.js';
import { LIVE_STAGES } from '../domain/workflow.js';
import type { Actor } from './actor.js';
import { type AnswererPort, answererFor } from './answerer.js';
import type { CasePort } from './loan-case.js';
import { notFound, wrongStage } from './problems.js';
import { auditOnCase } from './records.js';

export interface AnswerFindingPort extends CasePort, AnswererPort {
  /** False where it is answered or waived already. `waivedUntil` makes it a waiver, to its last day. */
  answerFinding(
    findingId: string,
    answer: { staffId: string; appointmentId: string; opinion: string },
    at: Date,
    waivedUntil?: string,
  ): Promise<boolean>;
}

export const answeredAlready = (): Problem =>
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
  const answerer = answererFor(await port.answererOf(finding), 'answer', actor, loanCase);
  if (answerer.isErr()) return err(answerer.error);
  const { post, staffId, appointmentId } = answerer.value;
  const answer = { staffId, appointmentId, opinion: command.opinion };
  if (finding.answered || !(await port.answerFinding(finding.id, answer, actor.at))) return err(answeredAlready());
  await port.recordAct(
    loanCase,
    { post: 'review', action: 'answer', ...answer, content: { findingId: finding.id } },
    actor.at,
  );
  await port.audit(
    auditOnCase(actor, appointmentId, 'finding.answer', application.id, {
      findingId: finding.id,
      ruleId: finding.ruleId,
    }),
  );
  return ok({ findingId: finding.id, answeredBy: post });
}
