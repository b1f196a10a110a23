import { ImpactStore } from '#libs/persistence/impact/impact-store.js';
import { inUnion } from '#libs/persistence/pool.js';
import { ofNoUnit } from '#libs/persistence/scope.js';
import type { Services } from '#libs/persistence/services.js';
import type { Actor } from '#libs/usecases/actor.js';
import { resumeImpact } from '#libs/usecases/resume-impact.js';

/** Takes up runs that are under way and of which nothing was done for an hour: their jobs are not in the queue any more. */
export function resumeImpacts({ tools }: Services, actor: Actor): Promise<number> {
  return inUnion(tools.pool, ofNoUnit(actor.unionId), async (sql) => {
    const store = new ImpactStore(sql, tools.ids, actor);
    const resting = await store.resting(actor.at);
    for (const id of resting) await resumeImpact(store, actor, { id });
    return resting.length;
  });
}
