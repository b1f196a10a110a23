import { err, ok, type Result } from 'neverthrow';
import type { Post } from '../domain/post.js';
import { fault, type Problem, problem } from '../domain/problem.js';
import { LIVE_STAGES } from '../domain/workflow.js';
import type { Actor } from './actor.js';
import { type AnswerFindingPort, answeredAlready } from './answer-finding.js';
import { answererFor } from './answerer.js';
import { invalidInput, notFound, wrongStage } from './problems.js';
import { auditOnCase } from './records.js';

export interface WaiverView {
  readonly findingId: string;
  readonly waivedBy: Post;
  readonly until: string;
}

const notWaivable = (): Problem =>
  problem(
    'unprocessable',
    'finding.not-waivable',
    { zh: '规则未指定豁免岗位，不得豁免', en: 'its rule names no post that waives it: nobody does' },
    { clause: 'M1' },
  );

/**
 * Waives one finding of one application until a day, with a reason (M1): by the post that its rule names in `waivedBy`; who answers it
 * is another matter. It stays a finding. After its last day it counts no longer, and what it let by is open again.
 */
export async function waiveFinding(
  port: AnswerFindingPort,
  actor: Actor,
  command: { id: string; findingId: string; reason: string; until: string },
): Promise<Result<WaiverView, Problem>> {
  const { findingId, reason, until } = command;
  const loanCase = await port.loanCase(command.id);
  const finding = [...(loanCase?.blocks ?? []), ...(loanCase?.referrals ?? [])].find(({ id }) => id === findingId);
  if (!loanCase || finding === undefined) return err(notFound({ zh: '可豁免的发现', en: 'finding to be waived' }));
  const { application } = loanCase;
  if (!LIVE_STAGES.includes(application.stage)) return err(wrongStage(application.stage, { zh: '豁免', en: 'waived' }));
  if (until < actor.businessDate)
    return err(invalidInput([fault('/until', 'waiver.past', { zh: '到期日已过', en: 'has passed already' })]));
  const named = await port.waiverOf(finding);
  if (named === null) return err(notWaivable());
  const answerer = answererFor(named, 'waive', actor, loanCase);
  if (answerer.isErr()) return err(answerer.error);
  const { post, staffId, appointmentId } = answerer.value;
  const answer = { staffId, appointmentId, opinion: reason };
  if (finding.answered || !(await port.answerFinding(findingId, answer, actor.at, until)))
    return err(answeredAlready());
  const content = { findingId, waivedUntil: until };
  await port.recordAct(loanCase, { post: 'review', action: 'answer', ...answer, content }, actor.at);
  const after = { ...content, ruleId: finding.ruleId, verdict: finding.verdict, reason };
  await port.audit(auditOnCase(actor, appointmentId, 'finding.waive', application.id, after));
  await port.outbox('finding.waived', { applicationId: application.id, findingId });
  return ok({ findingId, waivedBy: post, until });
}
