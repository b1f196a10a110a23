import { err, ok, type Result } from 'neverthrow';
import { standingActs } from '../domain/post-acts.js';
import { type Problem, problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { type CaseCommand, type CasePort, takeCase } from './loan-case.js';
import { moveCase } from './move-case.js';
import { futureDate, invalidInput } from './problems.js';
import { auditOnCase } from './records.js';
import type { ApplicationView } from './views.js';

export interface InvestigationReport {
  readonly visitedOn: string;
  readonly place: string;
  readonly monthlyIncomeFen: number;
  readonly purposeVerified: boolean;
  /** Archive numbers or SHA-256 of the evidence. */
  readonly evidence: readonly string[];
  readonly recommendation: 'support' | 'oppose';
  readonly opinion: string;
}

export interface InvestigatePort extends CasePort {
  /** From this sum on two people go on site; null where no parameter is in force. */
  pairOnSiteFromFen(on: string): Promise<number | null>;
}

const filedAlready = (): Problem =>
  problem(
    'conflict',
    'investigation.filed',
    { zh: '调查报告已提交，待同行调查人确认', en: 'the report is filed: the second investigator is awaited' },
    { clause: 'G1' },
  );

/**
 * Files the investigation's report, with evidence. From the policy's sum on the application waits at the post until a
 * second investigator has confirmed having been on site: nobody investigates a large loan alone (G1).
 */
export async function investigateApplication(
  port: InvestigatePort,
  actor: Actor,
  command: CaseCommand & { report: InvestigationReport },
): Promise<Result<ApplicationView, Problem>> {
  const taken = await takeCase(port, actor, command, 'investigation', 'investigate', {
    zh: '调查',
    en: 'investigated',
  });
  if (taken.isErr()) return err(taken.error);
  const { loanCase, staffId, appointment } = taken.value;
  const { opinion, ...content } = command.report;
  if (content.visitedOn > actor.businessDate) return err(invalidInput([futureDate('/visitedOn')]));
  if (standingActs(loanCase.acts).some(({ action }) => action === 'investigate')) return err(filedAlready());
  await port.recordAct(
    loanCase,
    { post: 'investigation', action: 'investigate', staffId, appointmentId: appointment.id, opinion, content },
    actor.at,
  );
  const pairFrom = await port.pairOnSiteFromFen(actor.businessDate);
  if (pairFrom !== null && loanCase.application.amountFen < pairFrom) {
    return moveCase(port, actor, loanCase, 'investigate', appointment.id);
  }
  await port.audit(auditOnCase(actor, appointment.id, 'application.investigate-first', loanCase.application.id));
  return ok(loanCase.application);
}
