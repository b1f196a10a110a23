import { inUnion } from '#libs/persistence/pool.js';
import type { Services } from '#libs/persistence/services.js';
import { AuthorityStore } from '#libs/persistence/stores/authority-store.js';
import { suspendAuthority } from '#libs/usecases/suspend-authority.js';
import { jobActor } from './job-actor.js';

/**
 * What is done each day in every union, each in a transaction of its own. Run twice, or by two workers, it does the
 * same once.
 */
export async function dailySweep(services: Services, jobId: string): Promise<{ suspended: number }> {
  const { tools, books } = services;
  const unions = await tools.pool.query<{ id: string }>('select id from county_union order by code');
  let suspended = 0;
  for (const { id: unionId } of unions.rows) {
    const actor = jobActor(services, unionId, { job: 'daily.sweep', id: jobId });
    suspended += await inUnion(tools.pool, unionId, (sql) =>
      suspendAuthority(new AuthorityStore(sql, tools.ids, actor, books), actor),
    );
  }
  return { suspended };
}
