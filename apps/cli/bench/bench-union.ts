import type pg from 'pg';
import { type CivilDate, civilDateOf } from '#libs/domain/civil-date.js';
import { createUnion } from '#libs/persistence/create-union.js';
import { DEMO_UNION, loadDemo } from '#libs/persistence/demo/load-demo.js';
import { inUnion } from '#libs/persistence/pool.js';
import { wholeUnion } from '#libs/persistence/scope.js';
import type { PersistenceTools } from '#libs/persistence/tools.js';
import type { OpenDatabase } from '#libs/platform/database.js';
import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import { APPLICATION_IDS_SQL, prepareApplications } from './prepare-applications.js';

/** The demonstration union with an application of each of its people, at intake. Gives its id. */
export async function foundBenchUnion(
  database: OpenDatabase,
  tools: PersistenceTools,
  owner: pg.Client,
): Promise<string> {
  const unionId = await createUnion(database.ownerUrl, DEMO_UNION, await loadBook(defaultBookFolder()), tools);
  await loadDemo(tools, unionId);
  const on: CivilDate = civilDateOf(tools.clock.now());
  await inUnion(tools.pool, wholeUnion(unionId), (sql) => prepareApplications(sql, unionId, on));
  await owner.query('analyze');
  return unionId;
}

/** Ids of its applications, in no order of the trade. */
export async function benchApplications(pool: pg.Pool, unionId: string): Promise<string[]> {
  const found = await inUnion(pool, wholeUnion(unionId), (sql) =>
    sql.query<{ id: string }>(APPLICATION_IDS_SQL, [unionId]),
  );
  return found.rows.map(({ id }) => id);
}
