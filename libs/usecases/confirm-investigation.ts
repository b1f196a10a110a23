import { err, type Result } from 'neverthrow';
import { standingActs } from '../domain/post-acts.js';
import { type Problem, problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { type CaseCommand, type CasePort, takeCase } from './loan-case.js';
import { moveCase } from './move-case.js';
import type { ApplicationView } from './views.js';

const nothingFiled = (): Problem =>
  problem(
    'conflict',
    'investigation.not-filed',
    { zh: '尚无调查报告可确认', en: 'no report has been filed that could be confirmed' },
    { clause: 'G1' },
  );
const alone = (): Problem =>
  problem(
    'forbidden',
    'investigation.alone',
    { zh: '双人实地调查须由另一名调查人本人确认', en: 'two on site are two people: another investigator confirms' },
    { clause: 'G1' },
  );

/** The second investigator confirms having been on site, in person and in words of the own (G1). */
export async function confirmInvestigation(
  port: CasePort,
  actor: Actor,
  command: CaseCommand & { opinion: string },
): Promise<Result<ApplicationView, Problem>> {
  const taken = await takeCase(port, actor, command, 'investigation', 'investigate', {
    zh: '确认调查',
    en: 'confirmed',
  });
  if (taken.isErr()) return err(taken.error);
  const { loanCase, staffId, appointment } = taken.value;
  const report = standingActs(loanCase.acts).find(({ action }) => action === 'investigate');
  if (report === undefined) return err(nothingFiled());
  if (report.staffId === staffId) return err(alone());
  const { opinion } = command;
  await port.recordAct(
    loanCase,
    { post: 'investigation', action: 'accompany', staffId, appointmentId: appointment.id, opinion },
    actor.at,
  );
  return moveCase(port, actor, loanCase, 'investigate', appointment.id);
}
