import pg from 'pg';
import { systemIds } from '#libs/platform/clock.js';
import { cloneDatabase, type TestDatabase } from '#libs/testing/test-database.js';
import { TestRecords } from '#libs/testing/test-records.js';
import { openTestTools } from '#libs/testing/test-tools.js';
import { foundTestUnion, type TestUnion } from '#libs/testing/test-union.js';
import { inUnion } from './pool.js';
import { wholeUnion } from './scope.js';

let database: TestDatabase;
let pool: pg.Pool;
let union: TestUnion;
let other: TestUnion;
let customer: string;
let loan: string;
beforeAll(async () => {
  database = await cloneDatabase();
  const tools = openTestTools(database);
  pool = tools.pool;
  union = await foundTestUnion(tools, database.ownerUrl);
  other = await foundTestUnion(tools, database.ownerUrl, 'OTHER');
  const records = new TestRecords(tools, union.unionId);
  customer = (await records.customer(union.units.qingshi)).id;
  loan = await records.loan({ customer, branch: union.units.qingshi });
  await records.bureauReport(customer, '2026-11-01', {});
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** A statement as the application's own role, in the scope of a union. */
const run = (text: string, values: unknown[] = [], scope = union.unionId) =>
  inUnion(pool, wholeUnion(scope), (sql) => sql.query(text, values));
const id = () => systemIds.next();

describe('what must never be, held by the database itself', () => {
  it.each<[string, string, () => unknown[]]>([
    ['a loan below zero', 'update loan set balance_fen = -1 where id = $1', () => [loan]],
    ['a settled loan with a balance', `update loan set status = 'settled' where id = $1`, () => [loan]],
    ['a loan due before it was paid out', `update loan set due_on = '1990-01-01' where id = $1`, () => [loan]],
    ['an application of nothing', insertApplication('0'), () => [id(), union.unionId, union.units.qingshi, customer]],
    [
      'an application beyond 2^53',
      insertApplication('9007199254740992'),
      () => [id(), union.unionId, union.units.qingshi, customer],
    ],
    [
      'a branch without a place',
      `insert into org_unit (id, union_id, kind, code, name) values ($1, $2, 'branch', 'X', 'X')`,
      () => [id(), union.unionId],
    ],
    [
      'a customer linked to itself',
      `insert into party_link (id, union_id, kind, from_party_id, to_party_id, status, valid_from, source) values ($1, $2, 'spouse', $3, $3, 'confirmed', '2026-01-01', 'x')`,
      () => [id(), union.unionId, customer],
    ],
    [
      'a post held twice at once',
      `insert into post_appointment (id, union_id, staff_id, unit_id, post, valid_from, basis) values ($1, $2, $3, $4, 'auditor', '2026-01-01', 'x')`,
      () => [id(), union.unionId, union.staff.auditor, union.units.audit],
    ],
    [
      'an audit row of nobody',
      `insert into audit_event (id, union_id, at, actor_name, request_id, action, subject_kind) values ($1, $2, now(), '', 'r', 'x', 'x')`,
      () => [id(), union.unionId],
    ],
    [
      'a guarantee of nothing',
      `insert into guarantee (id, union_id, guarantor_id, kind, valid_from) values ($1, $2, $3, 'guarantee', '2026-01-01')`,
      () => [id(), union.unionId, customer],
    ],
    [
      "another union's branch on a loan",
      'update loan set branch_id = $2 where id = $1',
      () => [loan, other.units.qingshi],
    ],
    [
      'an application that passed intake without a verdict',
      insertApplication('100', 'investigation'),
      () => [id(), union.unionId, union.units.qingshi, customer],
    ],
  ])('%s', async (_, text, values) => {
    await expect(run(text, values())).rejects.toThrow(/violates|conflicting/);
  });
});

function insertApplication(amount: string, stage = 'intake'): string {
  return `insert into loan_application (id, union_id, file_no, branch_id, party_id, product_id, amount_fen, term_months, purpose, stage, submitted_on, submitted_at)
    select $1::uuid, $2, $1::uuid::text, $3, $4, p.id, ${amount}, 12, 'x', '${stage}', '2026-11-01', now() from product p where p.union_id = $2 limit 1`;
}

it('two values of a parameter on one day, by the owner; the application writes none', async () => {
  const insert = `insert into policy_parameter (id, union_id, key, value, unit, valid_from, source, clause, own) values ($1, $2, 'policy.netCapitalFen', '1', 'fen', '2026-01-01', 'x', 'M2', true)`;
  await expect(run(insert, [id(), union.unionId])).rejects.toThrow(/one person proposed/);
  const owner = new pg.Client(database.ownerUrl);
  await owner.connect();
  await expect(owner.query(insert, [id(), union.unionId])).rejects.toThrow(/conflicting/);
  await owner.end();
});

it('a guard looks nowhere but in its own schema', async () => {
  const { rows } = await pool.query(
    `select p.oid::regprocedure::text from pg_proc p join pg_language l on l.oid = p.prolang and l.lanname in ('plpgsql', 'sql')
     where p.pronamespace = 'public'::regnamespace and not coalesce(p.proconfig @> array['search_path=public, pg_temp'], false)`,
  );
  expect(rows).toEqual([]);
});

it('no guard is for the application to use: not even on a table that it makes for itself', async () => {
  const { rows } = await pool.query<{ name: string }>(
    `select p.proname as name from pg_proc p join pg_language l on l.oid = p.prolang and l.lanname in ('plpgsql', 'sql')
     where p.pronamespace = 'public'::regnamespace and has_function_privilege(p.oid, 'execute') order by 1`,
  );
  expect(rows.map(({ name }) => name)).toEqual([
    'customer_homes',
    'customer_of_identity',
    'expire_bureau_reports',
    'in_house_search',
    'next_number',
    'on_post',
    'policy_number',
    'post_sits_at',
    'posts_incompatible',
    'unit_of_record',
  ]);
  const shadow = 'create temporary table x as select 1 as x';
  const trigger = 'create trigger x after insert on x for each row execute function public.audit_seal_ends_the_wait()';
  await expect(run(`${shadow}; ${trigger}`, undefined)).rejects.toThrow(/permission denied/);
});

describe('what happened stays', () => {
  it.each(['audit_event', 'decision', 'finding', 'rule_book', 'rule_publication', 'parameter_set', 'bureau_report'])(
    '%s is neither changed nor removed, by the application or by the owner',
    async (table) => {
      await expect(run(`update ${table} set union_id = union_id`)).rejects.toThrow(/permission denied|append-only/);
      await expect(run(`delete from ${table}`)).rejects.toThrow(/permission denied/);
      const owner = new pg.Client(database.ownerUrl);
      await owner.connect();
      await expect(owner.query(`truncate ${table} cascade`)).rejects.toThrow(/append-only/);
      if (['rule_book', 'bureau_report'].includes(table)) {
        await expect(owner.query(`update ${table} set union_id = union_id`)).rejects.toThrow(/append-only/);
        await expect(owner.query(`delete from ${table}`)).rejects.toThrow(/append-only|violates/);
      }
      await owner.end();
    },
  );

  it('business records are never deleted by the application', async () => {
    const { rows } = await pool.query<{ table_name: string }>(
      `select table_name from information_schema.role_table_grants where grantee = 'wugang_app' and privilege_type in ('DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES')`,
    );
    expect(rows).toEqual([]);
  });
});

describe('the application role', () => {
  it('owns nothing, and cannot raise itself', async () => {
    const { rows } = await pool.query(
      `select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication,
         (select count(*)::int from pg_class where relowner = r.oid) as owned from pg_roles r where rolname = current_user`,
    );
    expect(rows).toEqual([
      {
        rolsuper: false,
        rolcreatedb: false,
        rolcreaterole: false,
        rolbypassrls: false,
        rolreplication: false,
        owned: 0,
      },
    ]);
  });

  it.each([
    ['disable a trigger', 'alter table decision disable trigger all'],
    ['turn triggers off for itself', 'set session_replication_role = replica'],
    ['lift row-level security', 'alter table party disable row level security'],
    ['make a table', 'create table mine (x int)'],
    ['found a union', `insert into county_union (id, code, name) values (gen_random_uuid(), 'X', 'X')`],
    ['become the owner', 'set role wugang'],
    ['read the migrations', 'select * from _prisma_migrations'],
  ])('cannot %s', async (_, text) => {
    await expect(run(text)).rejects.toThrow(/denied|must be owner/);
  });
});

describe('tenancy', () => {
  it('every table of a union has forced row-level security', async () => {
    const { rows } = await pool.query<{ relname: string }>(
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind = 'r' and c.relname <> '_prisma_migrations' and not (c.relrowsecurity and c.relforcerowsecurity)`,
    );
    expect(rows).toEqual([]);
  });

  it('a row of another union is neither seen nor written', async () => {
    expect((await run('select from party where id = $1', [customer])).rowCount).toBe(1);
    expect((await run('select from party where id = $1', [customer], other.unionId)).rowCount).toBe(0);
    expect((await run(`update party set name = 'x' where id = $1`, [customer], other.unionId)).rowCount).toBe(0);
    const insert = `insert into household (id, union_id, code) values ($1, $2, 'H')`;
    await expect(run(insert, [id(), union.unionId], other.unionId)).rejects.toThrow(/row-level security/);
  });

  it('the queue role sees no business table', async () => {
    const queue = new pg.Client(database.queueUrl);
    await queue.connect();
    for (const table of ['party', 'loan', 'decision', 'user_account']) {
      await expect(queue.query(`select * from ${table}`)).rejects.toThrow(/denied/);
    }
    await queue.end();
  });
});
