import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import type { Gates } from '../rules/gates.js';
import type { Actor } from './actor.js';
import {
  type CheckpointPort,
  checkAt,
  type DecisionRecord,
  type DecisionView,
  decisionRecord,
  decisionView,
} from './checkpoint.js';
import { type CaseCommand, type CasePort, takeCase } from './loan-case.js';
import { notFound, staleVersion } from './problems.js';

export interface CheckReviewPort extends CasePort, CheckpointPort {
  writeReview(decision: DecisionRecord): Promise<boolean>;
}

/**
 * Runs the review's checkpoint: papers, collateral, reports, titles, limits as they are now (M1, G3). The application
 * stays; what was found is kept as a decision, whose REFER findings wait for their written answers. Who ran it acts at no other
 * post.
 */
export async function checkReview(
  port: CheckReviewPort,
  gates: Gates,
  actor: Actor,
  command: CaseCommand & { decisionId: string },
): Promise<Result<DecisionView, Problem>> {
  const taken = await takeCase(port, actor, command, 'review', 'pass-review', { zh: '审查', en: 'reviewed' });
  if (taken.isErr()) return err(taken.error);
  const { application } = taken.value.loanCase;
  const gathered = await port.gather(application.id, actor.businessDate);
  if (gathered === null) return err(notFound({ zh: '申请', en: 'application' }));
  const checked = await checkAt(port, gates, actor, 'review', gathered, gathered.facts, taken.value.loanCase.bookHash);
  if (checked.isErr()) return err(checked.error);
  const record = {
    ...decisionRecord(command.decisionId, checked.value, actor, 'case:act', {
      nextStage: application.stage,
      waitingFor: null,
      route: null,
    }),
    appointmentId: taken.value.appointment.id,
  };
  const { loanCase, staffId, appointment } = taken.value;
  const act = { post: 'review', action: 'check', staffId, appointmentId: appointment.id } as const;
  const content = { decisionId: record.id, verdict: record.outcome.verdict };
  await port.recordAct(loanCase, { ...act, opinion: '审查核查 review check', content }, actor.at);
  if (!(await port.writeReview(record))) return err(staleVersion(application.version + 1));
  return ok(decisionView(record));
}
