import pg from 'pg';
import { incompatibility } from '#libs/domain/incompatible-posts.js';
import { POST_NAMES, type Post } from '#libs/domain/post.js';
import { sitsAt, UNIT_KINDS } from '#libs/domain/post-place.js';
import { systemIds } from '#libs/platform/clock.js';
import { cloneDatabase, type TestDatabase } from '#libs/testing/test-database.js';
import { openTestTools } from '#libs/testing/test-tools.js';
import { foundTestUnion, type StaffName, type TestUnion } from '#libs/testing/test-union.js';
import { inUnion } from './pool.js';
import { wholeUnion } from './scope.js';

let database: TestDatabase;
let pool: pg.Pool;
let union: TestUnion;
beforeAll(async () => {
  database = await cloneDatabase();
  const tools = openTestTools(database);
  pool = tools.pool;
  union = await foundTestUnion(tools, database.ownerUrl);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** A statement as the application's own role, in the scope of a union. */
const run = (text: string, values: unknown[] = [], scope = union.unionId) =>
  inUnion(pool, wholeUnion(scope), (sql) => sql.query(text, values));
const id = () => systemIds.next();

describe('appointments, held by the database itself (G1)', () => {
  const given = (
    name: StaffName,
    post: Post,
    change: { unit?: string; from?: string; to?: string; of?: string } = {},
  ) =>
    run(
      `insert into post_appointment (id, union_id, staff_id, unit_id, post, valid_from, valid_to, basis, delegated_from_id)
       values ($1, $2, $3, $4, $5, $6, $7, 'x', $8) returning id`,
      [
        id(),
        union.unionId,
        union.staff[name],
        change.unit ?? union.units.qingshi,
        post,
        change.from ?? '2026-11-01',
        change.to ?? null,
        change.of ?? null,
      ],
    );
  const originOf = async (name: StaffName): Promise<string> =>
    (await run('select id from post_appointment where staff_id = $1 order by post limit 1', [union.staff[name]]))
      .rows[0].id;
  const delegated = async (name: StaffName, change: { from?: string; to?: string; unit?: string; of?: string } = {}) =>
    given(name, 'branch_director', { to: '2026-11-10', of: await originOf('qingshiDirector'), ...change });

  it('no two posts are incompatible, and none sits anywhere, but as the domain says', async () => {
    const pairs = POST_NAMES.flatMap((one) =>
      POST_NAMES.flatMap((other) => [true, false].map((same) => ({ one, other, same }))),
    );
    const { rows: posts } = await run(
      `select posts_incompatible(one, other, same) as refused from jsonb_to_recordset($1::jsonb) as p(one post, other post, same boolean)`,
      [JSON.stringify(pairs)],
    );
    expect(posts.map(({ refused }) => refused)).toEqual(
      pairs.map(({ one, other, same }) => incompatibility(one, other, same) !== null),
    );
    const places = POST_NAMES.flatMap((post) => UNIT_KINDS.map((kind) => ({ post, kind })));
    const { rows: sits } = await run(
      `select post_sits_at(post, kind) as sits from jsonb_to_recordset($1::jsonb) as p(post post, kind org_unit_kind)`,
      [JSON.stringify(places)],
    );
    expect(sits.map(({ sits: there }) => there)).toEqual(places.map(({ post, kind }) => sitsAt(post, kind)));
  });

  it('incompatible posts are not held at once, and posts sit where they belong', async () => {
    await expect(given('qingshiAccountant', 'field_credit_officer')).rejects.toThrow(/incompatible/);
    await expect(given('qingshiDeputy', 'president')).rejects.toThrow(/does not sit/);
    await given('qingshiAccountant', 'field_credit_officer', { from: '2019-01-01', to: '2019-12-31' });
  });

  it('two incompatible posts written at once do not pass each other by', async () => {
    const hq = { unit: union.units.audit };
    await run(`update post_appointment set valid_to = '2026-10-31' where staff_id = $1`, [union.staff.maker]);
    const both = await Promise.allSettled([
      given('maker', 'compliance_maker', hq),
      given('maker', 'compliance_checker', hq),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('a delegation ends, within what it is of, once at a time, to another, and is not handed on', async () => {
    const origin = await originOf('qingshiDirector');
    await expect(given('liuheOfficer', 'branch_director', { of: origin })).rejects.toThrow(/delegation_ends/);
    await expect(delegated('liuheOfficer', { to: '2026-12-02' })).rejects.toThrow(/delegation_ends/);
    await expect(delegated('liuheOfficer', { from: '2019-12-31', to: '2020-01-05' })).rejects.toThrow(/lies within/);
    await expect(delegated('liuheOfficer', { unit: union.units.liuhe })).rejects.toThrow(/the same post/);
    await expect(delegated('qingshiDirector')).rejects.toThrow(/to another person/);
    await expect(
      given('liuheOfficer', 'deliberation_group_member', { to: '2026-11-10', of: await originOf('qingshiMember1') }),
    ).rejects.toThrow(/in person/);
    const [made] = (await delegated('liuheOfficer')).rows;
    await expect(delegated('chengguanOfficer')).rejects.toThrow(/delegated_once/);
    await expect(delegated('chengguanOfficer', { of: made.id })).rejects.toThrow(/not delegated on/);
    await expect(run(`update post_appointment set valid_to = '2026-11-09' where id = $1`, [origin])).rejects.toThrow(
      /ends with what it is delegated from/,
    );
  });

  it('an appointment ends earlier, never later, and changes in nothing else', async () => {
    const origin = await originOf('qingshiDeputy');
    const set = (what: string) => run(`update post_appointment set ${what} where id = $1`, [origin]);
    for (const change of [`staff_id = unit_id`, `post = 'branch_director'`, `valid_from = '2026-01-01'`, `basis = 'y'`])
      await expect(set(change)).rejects.toThrow(/permission denied/);
    await set(`valid_to = '2026-12-31'`);
    await expect(set(`valid_to = '2027-01-01'`)).rejects.toThrow(/end earlier/);
    await expect(set('valid_to = null')).rejects.toThrow(/end earlier/);
    await expect(set(`valid_to = '2019-12-30'`)).rejects.toThrow(/post_appointment_dates/);
    const owner = new pg.Client(database.ownerUrl);
    await owner.connect();
    await owner.query(`select set_config('app.union_id', $1, false)`, [union.unionId]);
    await expect(
      owner.query(`update post_appointment set post = 'branch_director' where id = $1`, [origin]),
    ).rejects.toThrow(/changes in nothing else/);
    await owner.end();
  });
});
