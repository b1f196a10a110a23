import pg from 'pg';
import { inUnion } from '#libs/persistence/pool.js';
import type { Units } from '#libs/usecases/actor.js';
import type { TestApi } from '../support/api.js';
import { must, takeIn } from '../support/journey.js';
import { type MadeFirm, type Security, startSecurity } from './security.js';
import { complete, type Walk } from './walk.js';

let api: TestApi;
let walk: Walk;
let security: Security;
let firm: MadeFirm;
beforeAll(async () => {
  ({ api, walk, security, firm } = await startSecurity());
  await releasedWithEverything();
});
afterAll(() => api.stop());

/** A loan of the branch Qingshi that left a row in every table that has the policy. */
async function releasedWithEverything(): Promise<void> {
  const { id } = await security.found(firm, { title: 'encumbered' });
  const head = await walk.as('creditHead');
  const answered = async () => {
    const { referrals } = must(200, await head.get(`/api/v1/applications/${id}/case`)).body;
    const open = referrals.find((one: { answered: boolean }) => !one.answered);
    const answer = { findingId: open.id, opinion: '余值足够' };
    must(201, await head.post(`/api/v1/applications/${id}/finding-answers`, answer));
  };
  await answered();
  must(200, await walk.act('qingshiDeputy', id, 'review', { checklist: complete, opinion: '资料齐全' }));
  await walk.contracted(await walk.approved(await walk.deliberated(id)));
  const lawyer = await walk.as('lawyer');
  const { documentSetHash } = must(200, await lawyer.get(`/api/v1/applications/${id}/documents`)).body;
  const signature = { documentSetHash, outcome: 'signed', opinion: '手续合法' };
  must(201, await lawyer.post(`/api/v1/applications/${id}/legal-signatures`, signature));
  must(200, await walk.release(id)); // held by the same finding, which is answered at release too
  await answered();
  expect(must(200, await walk.release(id)).body.loan).not.toBeNull();
  const owner = (await api.records.customer(api.union.units.qingshi)).id;
  const account = await api.records.account(owner, api.union.units.qingshi);
  await api.records.standingPayment(account, 'household', null);
}

const as = <Row extends pg.QueryResultRow>(units: Units, text: string, values: unknown[] = []) =>
  inUnion(api.services.tools.pool, { unionId: api.union.unionId, units }, (sql) => sql.query<Row>(text, values));

/** The tables that have the policy, with how many rows of each a scope sees. */
async function seen(units: Units): Promise<Map<string, number>> {
  const { rows } = await as<{ name: string }>(
    units,
    `select tablename as name from pg_policies where policyname = 'unit_scope' order by 1`,
  );
  const counts = rows.map(({ name }) => `select '${name}' as name, count(*)::int as rows from ${name}`);
  const counted = await as<{ name: string; rows: number }>(units, counts.join(' union all '));
  return new Map(counted.rows.map(({ name, rows: number }) => [name, number]));
}

const namesWith = (counts: Map<string, number>, test: (rows: number) => boolean): string[] =>
  [...counts].filter(([, rows]) => test(rows)).map(([name]) => name);

it('over every table with the policy, a branch sees its own rows, another none of them, and no scope nothing', async () => {
  const { qingshi, liuhe } = api.union.units;
  const everything = await seen('all');
  expect([...everything.keys()]).toHaveLength(26);
  expect(namesWith(everything, (rows) => rows === 0)).toEqual([]);
  expect(await seen([qingshi])).toEqual(everything);
  expect(namesWith(await seen([liuhe]), (rows) => rows > 0)).toEqual([]);
  expect(namesWith(await seen([]), (rows) => rows > 0)).toEqual([]);
  expect(await seen([liuhe, qingshi])).toEqual(everything);
});

it('a transaction that names no unit, or none at all, sees nothing', async () => {
  const { pool } = api.services.tools;
  const sql = await pool.connect();
  try {
    await sql.query('begin');
    await sql.query(`select set_config('app.union_id', $1, true)`, [api.union.unionId]);
    for (const table of ['party', 'loan', 'loan_application', 'decision', 'finding', 'bureau_report'])
      expect((await sql.query(`select from ${table}`)).rowCount).toBe(0);
  } finally {
    await sql.query('rollback');
    sql.release();
  }
});

it('a decision at one branch still sums what the household owes at another (M2)', async () => {
  const { qingshi, liuhe } = api.union.units;
  const applicant = await api.records.customer(qingshi, { household: false });
  const spouse = await api.records.customer(liuhe, { household: false });
  await api.records.household([applicant.id, spouse.id]);
  await api.records.loan({ customer: spouse.id, branch: liuhe, balanceFen: 3_000_000 });
  const officer = await walk.as('qingshiOfficer');
  const { body } = await takeIn(officer, { branchId: qingshi, customerId: applicant.id, amountFen: 1_000_000 });
  const { facts } = must(200, await officer.get(`/api/v1/decisions/${body.id}`)).body;
  const named = new Map<string, object>(facts.map((fact: { name: string }) => [fact.name, fact]));
  expect(named.get('inHouse.household.membersWithOutstandingLoans')).toMatchObject({ value: 1 });
  expect(named.get('exposure.groupAfterFen')).toMatchObject({ value: 4_000_000 });
  expect((await as([qingshi], 'select from loan where party_id = $1', [spouse.id])).rowCount).toBe(0);
});
