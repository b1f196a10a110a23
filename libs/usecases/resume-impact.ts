import { ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { auditOfRun, type ImpactRunsPort, type ImpactRunView, takeRun } from './impact-runs.js';

/**
 * Lays out again what is not done of a run that failed, was stopped, or lost its jobs. What is done is not done again; jobs
 * of before that are still in the queue do nothing from the next round on.
 */
export async function resumeImpact(
  port: ImpactRunsPort,
  actor: Actor,
  { id }: { id: string },
): Promise<Result<ImpactRunView, Problem>> {
  const taken = await takeRun(port, id, (state) => state !== 'done');
  if (taken.isErr()) return taken;
  const after = await port.step(id, 'waiting', {});
  await port.audit(auditOfRun(actor, 'impact.resume', taken.value, after));
  await port.outbox('impact.plan', { runId: id });
  return ok(after);
}
