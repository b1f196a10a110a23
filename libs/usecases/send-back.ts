import { err, type Result } from 'neverthrow';
import { type AuthorityRoute, LOAN_POSTS, type LoanPost } from '../domain/authority.js';
import type { Problem } from '../domain/problem.js';
import type { ReturnStage } from '../domain/workflow.js';
import type { Actor } from './actor.js';
import { type CaseCommand, type CasePort, takeCase } from './loan-case.js';
import { moveCase } from './move-case.js';
import { notFound } from './problems.js';
import type { ApplicationView } from './views.js';

export interface SendBackPort extends CasePort {
  routeToday(applicationId: string, on: string): Promise<AuthorityRoute>;
}

/**
 * Sends an application back to an earlier post, with reasons: what that post and those behind it did must be done
 * again. After the approval it is the approver's to send back: approved terms are frozen. Back at investigation the
 * route is taken anew from today's exposure and authority (G2).
 */
export async function sendBack(
  port: SendBackPort,
  actor: Actor,
  command: CaseCommand & { to: ReturnStage; reason: string },
): Promise<Result<ApplicationView, Problem>> {
  const found = await port.loanCase(command.id);
  if (found === null) return err(notFound({ zh: '申请', en: 'application' }));
  const { stage } = found.application;
  const post: LoanPost = LOAN_POSTS.find((one) => one === stage) ?? 'approval';
  const taken = await takeCase(port, actor, command, post, `return-to-${command.to}`, {
    zh: '退回',
    en: 'sent back there',
  });
  if (taken.isErr()) return err(taken.error);
  const { loanCase, staffId, appointment } = taken.value;
  await port.recordAct(
    loanCase,
    {
      post,
      action: 'send_back',
      staffId,
      appointmentId: appointment.id,
      opinion: command.reason,
      returnTo: command.to,
    },
    actor.at,
  );
  const undone = command.to === 'contract' ? {} : { approvedAmountFen: null };
  const route =
    command.to === 'investigation' ? { route: await port.routeToday(loanCase.application.id, actor.businessDate) } : {};
  return moveCase(port, actor, loanCase, `return-to-${command.to}`, appointment.id, {
    round: loanCase.round + 1,
    ...undone,
    ...route,
  });
}
