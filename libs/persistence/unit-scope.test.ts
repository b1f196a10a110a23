import pg from 'pg';
import { systemIds } from '#libs/platform/clock.js';
import { cloneDatabase, type TestDatabase } from '#libs/testing/test-database.js';
import { TestRecords } from '#libs/testing/test-records.js';
import { openTestTools } from '#libs/testing/test-tools.js';
import { foundTestUnion, type TestUnion } from '#libs/testing/test-union.js';
import { acrossBranches } from './across-branches.js';
import { GATHER_SQL } from './facts/gather-sql.js';
import { inUnion } from './pool.js';
import { inUnionTransaction, openPrisma } from './prisma.js';
import { reading, type Scope } from './scope.js';

let database: TestDatabase;
let pool: pg.Pool;
let union: TestUnion;
let customer: string;
let loan: string;
let own: string;
beforeAll(async () => {
  database = await cloneDatabase();
  const tools = openTestTools(database);
  pool = tools.pool;
  union = await foundTestUnion(tools, database.ownerUrl);
  const records = new TestRecords(tools, union.unionId);
  customer = (await records.customer(union.units.qingshi)).id;
  loan = await records.loan({ customer, branch: union.units.qingshi });
  const neighbour = (await records.customer(union.units.liuhe)).id;
  own = await records.loan({ customer: neighbour, branch: union.units.liuhe });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const liuhe = (): Scope => ({ unionId: union.unionId, units: [union.units.liuhe] });
const run = (text: string, values: unknown[] = [], scope = liuhe()) =>
  inUnion(pool, scope, (sql) => sql.query(text, values));
const id = () => systemIds.next();

describe('what a branch writes lies in its units', () => {
  it("another branch's rows are not changed", async () => {
    expect((await run('update loan set overdue_days = 1 where id = $1', [loan])).rowCount).toBe(0);
    expect((await run(`update party set name = 'x' where id = $1`, [customer])).rowCount).toBe(0);
    expect((await run('update loan set overdue_days = 1 where id = $1', [own])).rowCount).toBe(1);
  });

  it.each<[string, string, () => unknown[]]>([
    [
      'a loan of another branch',
      `insert into loan (id, union_id, loan_no, branch_id, party_id, kind, status, principal_fen, balance_fen, issued_on)
       values ($1, $2, $1::uuid::text, $3, $4, 'own', 'outstanding', 1, 1, '2026-01-01')`,
      () => [id(), union.unionId, union.units.qingshi, customer],
    ],
    [
      'a customer of another branch',
      `insert into party (id, union_id, kind, name, home_unit_id) values ($1, $2, 'person', 'x', $3)`,
      () => [id(), union.unionId, union.units.qingshi],
    ],
    [
      'an account of another branch',
      `insert into deposit_account (id, union_id, branch_id, account_key) values ($1, $2, $3, 'x')`,
      () => [id(), union.unionId, union.units.qingshi],
    ],
    [
      'a loan moved to another branch',
      'update loan set branch_id = $2 where id = $1',
      () => [own, union.units.qingshi],
    ],
    [
      "a report on another branch's customer",
      `insert into bureau_report (id, union_id, party_id, provider, reported_on, received_at, summary)
       values ($1, $2, $3, 'x', '2026-01-01', now(), '{}')`,
      () => [id(), union.unionId, customer],
    ],
    [
      "a guarantee of another branch's loan",
      `insert into guarantee (id, union_id, loan_id, guarantor_id, kind, valid_from) values ($1, $2, $3, $4, 'guarantee', '2026-01-01')`,
      () => [id(), union.unionId, loan, customer],
    ],
  ])('not: %s', async (_, text, values) => {
    await expect(run(text, values())).rejects.toThrow(/row-level security/);
  });

  it('a customer is changed at the home unit, also where an application makes one seen elsewhere', async () => {
    await run(
      `insert into loan_application (id, union_id, file_no, branch_id, party_id, product_id, amount_fen, term_months, purpose, stage, submitted_on, submitted_at)
       select $1::uuid, $2, $1::uuid::text, $3, $4, p.id, 100, 12, 'x', 'intake', '2026-11-01', now() from product p where p.union_id = $2 limit 1`,
      [id(), union.unionId, union.units.liuhe, customer],
    );
    expect((await run('select from party where id = $1', [customer])).rowCount).toBe(1);
    expect((await run(`update party set name = 'x' where id = $1`, [customer])).rowCount).toBe(0);
  });
});

it('a reading transaction writes nothing, over the pool or by Prisma', async () => {
  const insert = `insert into household (id, union_id, code) values ($1, $2, 'H-READ')`;
  await expect(run(insert, [id(), union.unionId], reading(liuhe()))).rejects.toThrow(/read-only transaction/);
  const prisma = openPrisma(pool);
  const write = inUnionTransaction(prisma, reading(liuhe()), (tx) =>
    tx.household.create({ data: { id: id(), unionId: union.unionId, code: 'H-READ' } }),
  );
  await expect(write).rejects.toThrow(/read-only transaction/);
});

it('looking across the branches ends with its statement', async () => {
  await inUnion(pool, liuhe(), async (sql) => {
    const seen = async () => (await sql.query('select from loan where id = $1', [loan])).rowCount;
    expect(await seen()).toBe(0);
    expect(await acrossBranches(sql, seen)).toBe(1);
    expect(await seen()).toBe(0);
    const homes = await sql.query('select home_unit_id from customer_homes(array[$1::uuid])', [customer]);
    expect(homes.rows).toEqual([{ home_unit_id: union.units.qingshi }]);
    expect(await seen()).toBe(0);
  });
});

describe('plans over thousands of rows', () => {
  const ROWS = 4000;
  beforeAll(async () => {
    const values = [union.unionId, union.units.liuhe, ROWS];
    await run(
      `insert into party (id, union_id, kind, name, home_unit_id, external_ref) select gen_random_uuid(), $1, 'person', 'n' || n, $2, 'P' || n from generate_series(1, $3) n`,
      values,
    );
    await run(
      `insert into loan_application (id, union_id, file_no, branch_id, party_id, product_id, amount_fen, term_months, purpose, stage, submitted_on, submitted_at)
       select gen_random_uuid(), $1, 'N' || p.id, $2, p.id, (select id from product where union_id = $1 limit 1), 100, 12, 'x', 'intake', '2026-11-01', now()
       from party p where p.union_id = $1 and p.external_ref like 'P%' limit $3`,
      values,
    );
    await run(
      `insert into loan (id, union_id, loan_no, branch_id, party_id, kind, status, principal_fen, balance_fen, issued_on)
       select gen_random_uuid(), $1, 'N' || p.id, $2, p.id, 'own', 'outstanding', 1, 1, '2026-01-01'
       from party p where p.union_id = $1 and p.external_ref like 'P%' limit $3`,
      values,
    );
    const owner = new pg.Client(database.ownerUrl);
    await owner.connect();
    await owner.query('analyze party, loan, loan_application');
    await owner.end();
  });

  it.each<[string, () => Scope, string]>([
    ['the facts, across the branches', () => ({ ...liuhe(), units: 'all' }), GATHER_SQL],
    [
      'the list of applications',
      liuhe,
      'select * from loan_application where branch_id = any($1::uuid[]) order by id desc limit 51',
    ],
    [
      'the list of customers',
      liuhe,
      'select * from party where home_unit_id = any($1::uuid[]) order by id desc limit 51',
    ],
    ['a loan', liuhe, 'select * from loan where union_id = $1 and id = $2'],
    ['decisions of an application', liuhe, 'select * from decision where union_id = $1 and application_id = $2'],
  ])('%s: no table is read through', async (_, scope, text) => {
    const { rows } = await run(`explain (generic_plan, format text) ${text}`, undefined, scope());
    const plan = (rows as { 'QUERY PLAN': string }[]).map((row) => row['QUERY PLAN']);
    expect(plan.filter((line) => /Seq Scan on (party|loan|loan_application)\b/.test(line))).toEqual([]);
  });
});
