import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import { type ApplicationEvent, nextStage } from '../domain/workflow.js';
import type { Actor } from './actor.js';
import type { CasePort, LoanCase, Move } from './loan-case.js';
import { staleVersion, wrongStage } from './problems.js';
import type { ApplicationView } from './views.js';

/** Moves a case on by an event of the workflow's table, with its audit row and the word to the next post. */
export async function moveCase(
  port: CasePort,
  actor: Actor,
  { application }: LoanCase,
  event: ApplicationEvent,
  appointmentId: string | null,
  more: Omit<Move, 'stage'> = {},
): Promise<Result<ApplicationView, Problem>> {
  const stage = nextStage(application.stage, event);
  if (stage === null) return err(wrongStage(application.stage, { zh: '办理', en: 'moved' }));
  const after = await port.move(application.id, application.version, { ...more, stage }, actor.at);
  if (after === null) return err(staleVersion(application.version + 1));
  await port.audit({
    actor,
    appointmentId,
    action: `application.${event}`,
    subjectKind: 'application',
    subjectId: application.id,
    before: { stage: application.stage, version: application.version },
    after: { stage, version: after.version, ...more },
  });
  await port.outbox('application.moved', { applicationId: application.id });
  return ok(after);
}
