import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import { nextStage } from '../domain/workflow.js';
import type { Gates } from '../rules/gates.js';
import { type Actor, mayActIn } from './actor.js';
import {
  type CheckpointPort,
  checkAt,
  type DecisionRecord,
  type DecisionView,
  decisionRecord,
  decisionView,
} from './checkpoint.js';
import { notFound, otherUnit, staleVersion, wrongStage } from './problems.js';
import { isWaived, type StandingAnswersPort } from './standing-answers.js';

export interface DecideIntakePort extends CheckpointPort, StandingAnswersPort {
  /** Writes decision, findings, stage, audit row and outbox row at once; false where the version moved on. */
  write(decision: DecisionRecord): Promise<boolean>;
}

/**
 * Runs the intake checkpoint (M2, G2, I2): facts gathered now, rules in force, everything it saw kept. BLOCK holds the
 * application at intake while no post that its rule names for that waives it; otherwise it goes on to investigation, where
 * REFER findings wait for their written answers.
 */
export async function decideIntake(
  port: DecideIntakePort,
  gates: Gates,
  actor: Actor,
  command: { applicationId: string; decisionId: string },
): Promise<Result<DecisionView, Problem>> {
  const gathered = await port.gather(command.applicationId, actor.businessDate);
  if (gathered === null) return err(notFound({ zh: '申请', en: 'application' }));
  if (!mayActIn(actor, 'intake:decide', gathered.branchId)) return err(otherUnit());
  if (nextStage(gathered.stage, 'accept') === null)
    return err(wrongStage(gathered.stage, { zh: '受理', en: 'decided at intake' }));
  const checked = await checkAt(port, gates, actor, 'intake', gathered, gathered.facts);
  if (checked.isErr()) return err(checked.error);
  const { verdict, findings } = checked.value.outcome;
  const answers = verdict === 'BLOCK' ? await port.standingAnswers(gathered.id, actor.businessDate) : [];
  const held = findings.some((found) => found.verdict === 'BLOCK' && !isWaived(found, 'intake', answers));
  const record = decisionRecord(command.decisionId, checked.value, actor, 'intake:decide', {
    nextStage: nextStage(gathered.stage, held ? 'hold' : 'accept') ?? gathered.stage,
    waitingFor: held && gathered.bureauOutstanding ? 'bureau' : null,
    route: held ? null : gathered.route,
    standsAs: verdict === 'BLOCK' && !held ? 'REFER' : verdict,
  });
  if (!(await port.write(record))) return err(staleVersion(gathered.version + 1));
  return ok(decisionView(record));
}
