import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import { nextStage } from '../domain/workflow.js';
import { type Actor, mayActIn } from './actor.js';
import { notFound, otherUnit, staleVersion, wrongStage } from './problems.js';
import { auditOf, type RecordsPort } from './records.js';
import type { ApplicationView } from './views.js';

export interface WithdrawApplicationPort extends RecordsPort {
  application(id: string): Promise<ApplicationView | null>;
  /** Null where the version is no longer the one given. */
  closeApplication(id: string, version: number, reason: string, at: Date): Promise<ApplicationView | null>;
}

/** Withdraws an application that is still alive, at the customer's wish and with the reason. */
export async function withdrawApplication(
  port: WithdrawApplicationPort,
  actor: Actor,
  command: { id: string; version: number; reason: string },
): Promise<Result<ApplicationView, Problem>> {
  const before = await port.application(command.id);
  if (before === null) return err(notFound({ zh: '申请', en: 'application' }));
  if (!mayActIn(actor, 'application:withdraw', before.branchId)) return err(otherUnit());
  if (before.version !== command.version) return err(staleVersion(before.version));
  if (nextStage(before.stage, 'withdraw') === null)
    return err(wrongStage(before.stage, { zh: '撤回', en: 'withdrawn' }));
  const after = await port.closeApplication(command.id, command.version, command.reason, actor.at);
  if (after === null) return err(staleVersion(before.version + 1));
  await port.audit(
    auditOf(
      actor,
      'application:withdraw',
      'application.withdraw',
      { kind: 'application', id: after.id },
      { before, after: { ...after, reason: command.reason } },
    ),
  );
  await port.outbox('application.withdrawn', { applicationId: after.id });
  return ok(after);
}
