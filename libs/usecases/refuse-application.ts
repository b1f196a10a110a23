import { err, type Result } from 'neverthrow';
import type { LoanPost } from '../domain/authority.js';
import { LOAN_POSTS } from '../domain/authority.js';
import type { Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { type CaseCommand, type CasePort, takeCase } from './loan-case.js';
import { moveCase } from './move-case.js';
import { notFound, wrongStage } from './problems.js';
import type { ApplicationView } from './views.js';

/** The post at which an application stands refuses it, with the reason (G1). Deliberation refuses by its vote. */
export async function refuseApplication(
  port: CasePort,
  actor: Actor,
  command: CaseCommand & { reason: string },
): Promise<Result<ApplicationView, Problem>> {
  const found = await port.loanCase(command.id);
  if (found === null) return err(notFound({ zh: '申请', en: 'application' }));
  const post = LOAN_POSTS.find((one) => one === found.application.stage) as LoanPost | undefined;
  if (post === undefined) return err(wrongStage(found.application.stage, { zh: '否决', en: 'refused' }));
  const taken = await takeCase(port, actor, command, post, 'refuse', { zh: '否决', en: 'refused' });
  if (taken.isErr()) return err(taken.error);
  const { loanCase, staffId, appointment } = taken.value;
  await port.recordAct(
    loanCase,
    { post, action: 'refuse', staffId, appointmentId: appointment.id, opinion: command.reason },
    actor.at,
  );
  return moveCase(port, actor, loanCase, 'refuse', appointment.id, { closedReason: command.reason });
}
