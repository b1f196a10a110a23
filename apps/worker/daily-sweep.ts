import { inUnion } from '#libs/persistence/pool.js';
import type { Services } from '#libs/persistence/services.js';
import { AuthorityStore } from '#libs/persistence/stores/authority-store.js';
import { ChaseStore } from '#libs/persistence/stores/chase-store.js';
import type { Actor } from '#libs/usecases/actor.js';
import { type Chased, chaseApplication, overdueApplications } from '#libs/usecases/chase-applications.js';
import { suspendAuthority } from '#libs/usecases/suspend-authority.js';
import { jobActor } from './job-actor.js';

/**
 * What is done each day in every union: branches over their limit are suspended, applications beyond a time limit are
 * reminded of or lapse, each in a transaction of its own. Run twice, or by two workers, it does the same once.
 */
export async function dailySweep(services: Services, jobId: string): Promise<Chased & { suspended: number }> {
  const { tools, books } = services;
  const unions = await tools.pool.query<{ id: string }>('select id from county_union order by code');
  let done = { suspended: 0, reminded: 0, lapsed: 0 };
  for (const { id: unionId } of unions.rows) {
    const actor = jobActor(services, unionId, { job: 'daily.sweep', id: jobId });
    const suspended = await inUnion(tools.pool, unionId, (sql) =>
      suspendAuthority(new AuthorityStore(sql, tools.ids, actor, books), actor),
    );
    const { reminded, lapsed } = await chase(services, actor);
    done = {
      suspended: done.suspended + suspended,
      reminded: done.reminded + reminded,
      lapsed: done.lapsed + lapsed,
    };
  }
  return done;
}

async function chase({ tools, books }: Services, actor: Actor): Promise<Chased> {
  let done: Chased = { reminded: 0, lapsed: 0 };
  const due = await inUnion(tools.pool, actor.unionId, (sql) =>
    overdueApplications(new ChaseStore(sql, tools.ids, actor, books), actor.businessDate),
  );
  for (const one of due) {
    const { reminded, lapsed } = await inUnion(tools.pool, actor.unionId, (sql) =>
      chaseApplication(new ChaseStore(sql, tools.ids, actor, books), actor, one),
    );
    done = { reminded: done.reminded + reminded, lapsed: done.lapsed + lapsed };
  }
  return done;
}
