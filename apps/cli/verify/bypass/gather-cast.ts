import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createUnion } from '#libs/persistence/create-union.js';
import { systemClock, systemIds } from '#libs/platform/clock.js';
import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import { QUEUE_SCHEMA } from '#libs/platform/migrate.js';
import { DemoClient } from '../../demo/demo-client.js';
import type { DemoServer } from '../../demo/demo-server.js';
import { asOwner, lookAt } from '../as-owner.js';
import { Cast } from './cast.js';
import { walkToStops } from './stages.js';

const NAMED_SQL = `
select login as name, staff_id::text as value from user_account where union_id = $1
union all select 'branch', id::text from org_unit where union_id = $1 and code = 'B05'
union all select 'emptyUnit', (select id::text from org_unit where union_id = $1 and kind = 'department' order by id limit 1)
union all select 'someDecision', (select id::text from decision where union_id = $1 and application_id = $2 order by id limit 1)
union all select 'party', (select id::text from party where union_id = $1 and kind = 'person' order by id limit 1)
union all select 'ledgerLoan', (select id::text from loan where union_id = $1 and application_id is null order by id limit 1)
union all select 'presidency', id::text from post_appointment where union_id = $1 and post = 'president'
union all select 'loan', id::text from loan where union_id = $1 and application_id = $2
union all select 'collateral', id::text from collateral where union_id = $1 and application_id = $2`;

/** Another county union with one of its people and an application, as its own import would have left them. */
const OTHER_SQL = [
  `insert into org_unit (id, union_id, kind, code, name, location) values ($2, $1, 'branch', 'B1', 'x', 'township')`,
  `insert into staff (id, union_id, staff_no, name, home_unit_id, joined_on) values ($2, $1, 'S1', 'x', $2, '2020-01-01')`,
  `insert into party (id, union_id, kind, name) values ($2, $1, 'person', 'x')`,
  `insert into loan_application (id, union_id, file_no, branch_id, party_id, product_id, amount_fen, term_months, purpose, stage, submitted_on, submitted_at)
   select $2, $1, 'X', $2, $2, p.id, 100, 12, 'x', 'intake', current_date, now() from product p where p.union_id = $1 limit 1`,
] as const;

/** Walks loans to every stop and founds another union; gives everybody and everything by name. */
export async function gatherCast({ url, unionId, database }: DemoServer): Promise<Cast> {
  const stops = await walkToStops(new DemoClient(url));
  const otherId = randomUUID();
  const other = await createUnion(
    database.ownerUrl,
    { code: `OTHER-${otherId}`, name: 'OTHER' },
    await loadBook(defaultBookFolder()),
    {
      clock: systemClock,
      ids: systemIds,
    },
  );
  return asOwner(database.ownerUrl, other, async (owner) => {
    for (const statement of OTHER_SQL) await owner.query(statement, [other, otherId]);
    await lookAt(owner, unionId);
    const { rows } = await owner.query<{ name: string; value: string }>(NAMED_SQL, [unionId, stops.get('released')]);
    const role = await owner.query<{ name: string }>('select current_user as name');
    await makeQueue(database.queueUrl);
    return new Cast(
      new Map([
        ...rows.map(({ name, value }) => [name, value] as const),
        ...stops,
        ['union', unionId],
        ['other', other],
        ['otherStaff', otherId],
        ['otherApplication', otherId],
        ['owner', role.rows[0]?.name ?? ''],
        ['fresh', randomUUID()],
      ]),
    );
  });
}

/** The queue's schema with something in it, as its role makes it when the worker starts. */
async function makeQueue(queueUrl: string): Promise<void> {
  const queue = new pg.Client(queueUrl);
  await queue.connect();
  await queue.query(`create schema if not exists ${QUEUE_SCHEMA}`);
  await queue.query(`create table if not exists ${QUEUE_SCHEMA}.probe (x int)`);
  await queue.query(`insert into ${QUEUE_SCHEMA}.probe values (1)`);
  await queue.end();
}
