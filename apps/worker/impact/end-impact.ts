import { ImpactStore } from '#libs/persistence/impact/impact-store.js';
import { inUnion } from '#libs/persistence/pool.js';
import { ofNoUnit } from '#libs/persistence/scope.js';
import type { Services } from '#libs/persistence/services.js';
import type { JobPayload } from '#libs/queue/jobs.js';
import { finishImpact } from '#libs/usecases/finish-impact.js';
import { jobActor } from '../job-actor.js';

/** Ends an impact run whose parts have all been taken up. */
export function endImpact(
  services: Services,
  { unionId, outboxId, runId }: JobPayload<'impact.finish'>,
): Promise<'done' | 'failed' | 'not-needed'> {
  const actor = jobActor(services, unionId, { job: 'impact.finish', id: outboxId });
  return inUnion(services.bulk.pool, ofNoUnit(unionId), (sql) =>
    finishImpact(new ImpactStore(sql, services.tools.ids, actor), actor, { runId, roundId: outboxId }),
  );
}
