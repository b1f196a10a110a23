import { ok, type Result } from 'neverthrow';
import { isUnderWay } from '../domain/impact-run.js';
import type { Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { auditOfRun, type ImpactRunsPort, type ImpactRunView, takeRun } from './impact-runs.js';

/** Stops a run: parts under way end, no other begins. It may go on later. */
export async function stopImpact(
  port: ImpactRunsPort,
  actor: Actor,
  { id }: { id: string },
): Promise<Result<ImpactRunView, Problem>> {
  const taken = await takeRun(port, id, isUnderWay);
  if (taken.isErr()) return taken;
  const after = await port.step(id, 'stopped', { finishedAt: actor.at });
  await port.audit(auditOfRun(actor, 'impact.stop', taken.value, after));
  return ok(after);
}
