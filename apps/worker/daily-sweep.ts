import { inUnion } from '#libs/persistence/pool.js';
import { wholeUnion } from '#libs/persistence/scope.js';
import type { Services } from '#libs/persistence/services.js';
import { AuthorityStore } from '#libs/persistence/stores/authority-store.js';
import { ChaseStore } from '#libs/persistence/stores/chase-store.js';
import { SqlRecords } from '#libs/persistence/stores/sql-records.js';
import type { Actor } from '#libs/usecases/actor.js';
import { type Chased, chaseApplication, overdueApplications } from '#libs/usecases/chase-applications.js';
import { suspendAuthority } from '#libs/usecases/suspend-authority.js';
import { resumeImpacts } from './impact/resume-impacts.js';
import { jobActor } from './job-actor.js';

type Swept = Chased & { readonly suspended: number; readonly wipedReports: number; readonly resumedImpacts: number };

/** Goes on where one part fails, and fails at the end with what failed. */
class Failures {
  private readonly causes: Error[] = [];

  async orElse<T>(work: Promise<T>, otherwise: T): Promise<T> {
    return work.catch((cause: Error) => {
      this.causes.push(cause);
      return otherwise;
    });
  }

  throwIfAny(): void {
    if (this.causes.length > 0) throw new Error(this.causes.map(({ message }) => message).join('; '));
  }
}

/**
 * What is done each day in every union: branches over their limit are suspended, whole bureau reports expire, impact
 * runs whose jobs were lost go on, applications beyond a time limit are reminded of or lapse, each in a transaction of its own. Run twice, or by two workers, it does the same once. A union
 * or an application that fails holds up no other; the job fails at the end, and is tried again.
 */
export async function dailySweep(services: Services, jobId: string): Promise<Swept> {
  const { tools, books } = services;
  const unions = await tools.pool.query<{ id: string }>('select id from county_union order by code');
  const failures = new Failures();
  let done: Swept = { suspended: 0, reminded: 0, lapsed: 0, wipedReports: 0, resumedImpacts: 0 };
  for (const { id: unionId } of unions.rows) {
    const actor = jobActor(services, unionId, { job: 'daily.sweep', id: jobId });
    const suspending = inUnion(tools.pool, wholeUnion(unionId), (sql) =>
      suspendAuthority(new AuthorityStore(sql, tools.ids, actor, books), actor),
    );
    const suspended = await failures.orElse(suspending, 0);
    const wiped = await failures.orElse(expireReports(services, actor), 0);
    const resumed = await failures.orElse(resumeImpacts(services, actor), 0);
    done = {
      ...plus(done, await chase(services, actor, failures)),
      suspended: done.suspended + suspended,
      wipedReports: done.wipedReports + wiped,
      resumedImpacts: done.resumedImpacts + resumed,
    };
  }
  failures.throwIfAny();
  return done;
}

/** Whole bureau reports beyond the days that policy keeps them are wiped; what decisions saw of them stays. */
function expireReports({ tools }: Services, actor: Actor): Promise<number> {
  return inUnion(tools.pool, wholeUnion(actor.unionId), async (sql) => {
    const found = await sql.query<{ wiped: number }>('select expire_bureau_reports($1) as wiped', [actor.businessDate]);
    const wiped = found.rows[0]?.wiped ?? 0;
    if (wiped > 0)
      await new SqlRecords(sql, tools.ids, actor).audit({
        actor,
        appointmentId: null,
        action: 'bureau.expire-reports',
        subjectKind: 'bureauReport',
        subjectId: null,
        after: { wiped },
      });
    return wiped;
  });
}

const plus = (one: Chased, other: Chased): Chased => ({
  reminded: one.reminded + other.reminded,
  lapsed: one.lapsed + other.lapsed,
});

async function chase({ tools, books }: Services, actor: Actor, failures: Failures): Promise<Chased> {
  const none: Chased = { reminded: 0, lapsed: 0 };
  const looking = inUnion(tools.pool, wholeUnion(actor.unionId), (sql) =>
    overdueApplications(new ChaseStore(sql, tools.ids, actor, books), actor.businessDate),
  );
  let done = none;
  for (const one of await failures.orElse(looking, [])) {
    const chasing = inUnion(tools.pool, wholeUnion(actor.unionId), (sql) =>
      chaseApplication(new ChaseStore(sql, tools.ids, actor, books), actor, one),
    );
    done = plus(done, await failures.orElse(chasing, none));
  }
  return done;
}
