import type { FlowProducer } from 'bullmq';
import type { CivilDate } from '#libs/domain/civil-date.js';
import { isUnderWay } from '#libs/domain/impact-run.js';
import { ImpactStore } from '#libs/persistence/impact/impact-store.js';
import { partsOf } from '#libs/persistence/impact/over-decisions.js';
import { countedRun } from '#libs/persistence/impact/read-runs.js';
import { inUnion } from '#libs/persistence/pool.js';
import { ofNoUnit, reading } from '#libs/persistence/scope.js';
import type { Services } from '#libs/persistence/services.js';
import { impactFlow } from '#libs/queue/impact-flow.js';
import type { JobPayload } from '#libs/queue/jobs.js';
import { type ImpactPart, layOutImpact } from '#libs/usecases/lay-out-impact.js';
import { jobActor } from '../job-actor.js';

/** Begins a round of an impact run: its parts as jobs that any worker takes. */
export async function planImpact(
  services: Services,
  flows: FlowProducer,
  round: JobPayload<'impact.plan'>,
): Promise<{ parts: number } | 'not-needed'> {
  const { unionId, outboxId, runId } = round;
  const parts = await cut(services, unionId, runId);
  const actor = jobActor(services, unionId, { job: 'impact.plan', id: outboxId });
  const open = await inUnion(services.bulk.pool, ofNoUnit(unionId), (sql) =>
    layOutImpact(new ImpactStore(sql, services.tools.ids, actor), actor, { runId, roundId: outboxId, parts }),
  );
  if (open === null) return 'not-needed';
  await flows.add(impactFlow(round, open));
  return { parts: open.length };
}

/** The parts of a run that has none yet. */
async function cut({ bulk }: Services, unionId: string, runId: string): Promise<ImpactPart[]> {
  const found = await inUnion(bulk.pool, reading(ofNoUnit(unionId)), (sql) => countedRun(sql, unionId, runId));
  if (found === null || !isUnderWay(found.run.state) || found.run.shards.all > 0) return [];
  const { checkpoint, since, until } = found.run.question;
  const range = { unionId, checkpoint, from: since as CivilDate, to: until as CivilDate };
  return partsOf(bulk.pool, range, bulk.shardDecisions);
}
