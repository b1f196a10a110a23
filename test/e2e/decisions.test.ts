import pg from 'pg';
import { BookStore } from '#libs/persistence/book-store.js';
import { replayDecisions } from '#libs/persistence/replay.js';
import { systemIds } from '#libs/platform/clock.js';
import { TestApi } from './support/api.js';
import { findingsOf, must, submitted, takeIn } from './support/journey.js';
import type { Session } from './support/session.js';

let api: TestApi;
let officer: Session;
beforeAll(async () => {
  api = await TestApi.start();
  officer = await api.signIn('qingshiOfficer');
});
afterAll(() => api.stop());

const referred = async () => {
  const { qingshi } = api.union.units;
  const customer = await api.records.customer(qingshi);
  api.files.set(customer.identityNumber, { hardEnquiries12Months: 9 });
  return takeIn(officer, { branchId: qingshi, customerId: customer.id });
};

const replay = (decisionId?: string) => {
  const { pool } = api.services.tools;
  const options = decisionId === undefined ? {} : { decisionId };
  return replayDecisions(pool, new BookStore(pool, systemIds, null), api.union.unionId, options);
};

/** What somebody with the owner's password could do: the triggers are off while `work` runs. */
async function asTamperer(work: (owner: pg.Client) => Promise<void>): Promise<void> {
  const owner = new pg.Client(api.database.ownerUrl);
  await owner.connect();
  await owner.query('set session_replication_role = replica');
  await work(owner);
  await owner.end();
}

describe('a decision', () => {
  it('says in the language asked for what was compared, why, by which clause, who answers and what would cure it', async () => {
    const { body } = await referred();
    const zh = must(200, await officer.get(`/api/v1/decisions/${body.id}`, { language: 'zh' })).body;
    const en = must(200, await officer.get(`/api/v1/decisions/${body.id}`, { language: 'en' })).body;
    expect(zh.findings).toHaveLength(1);
    expect(zh.findings[0]).toMatchObject({
      ruleId: 'enquiries',
      clause: 'M2',
      verdict: 'REFER',
      judged: true,
      answeredBy: 'deputy_director',
      operands: [{ fact: 'bureau.hardEnquiries12Months', operator: 'greaterThan', left: 9, right: 6, truth: 'true' }],
    });
    expect(zh.findings[0].title).toMatch(/查询/);
    expect(zh.findings[0].reason).toMatch(/9/);
    expect(en.findings[0].reason).toMatch(/9/);
    expect(en.findings[0].reason).not.toMatch(/[\u4e00-\u9fff]/);
    expect({ ...en, findings: null, facts: null }).toEqual({ ...zh, findings: null, facts: null });
  });

  it('keeps each fact with its source and day, and what is unknown with its cause', async () => {
    const { body } = await referred();
    const facts = new Map<string, object>(body.facts.map((fact: { name: string }) => [fact.name, fact]));
    expect(facts.get('bureau.hardEnquiries12Months')).toMatchObject({ value: 9, source: 'bureau', asOf: '2026-11-24' });
    expect(facts.get('inHouse.applicant.nonPerformingLoans')).toMatchObject({
      value: 0,
      source: 'ledger',
      asOf: '2026-11-24',
    });
    const customer = await api.records.customer(api.union.units.qingshi, { monthlyIncomeFen: null });
    const other = await takeIn(officer, { branchId: api.union.units.qingshi, customerId: customer.id });
    const unknown = other.body.facts.find((fact: { name: string }) => fact.name === 'repayment.debtToIncomePercent');
    expect(unknown).toMatchObject({ unknown: 'not-stated', source: 'bureau' });
  });

  it('holds no identity number, phone or name of anybody', async () => {
    const customer = await api.records.customer(api.union.units.qingshi, { name: '保密人', phone: '13712345678' });
    const decision = await takeIn(officer, { branchId: api.union.units.qingshi, customerId: customer.id });
    for (const secret of [customer.identityNumber, '13712345678', '保密人'])
      expect(decision.text).not.toContain(secret);
    const { rows } = (await api.records.sql(
      `select (select jsonb_agg(to_jsonb(a)) from audit_event a)::text || (select jsonb_agg(to_jsonb(o)) from outbox_event o)::text as trails`,
      [],
    )) as { rows: { trails: string }[] };
    expect(rows[0]!.trails).not.toContain(customer.identityNumber);
    expect(rows[0]!.trails).not.toContain('13712345678');
  });

  it('is written with its audit row, its outbox row and the application, all or none', async () => {
    const { body } = await referred();
    const { rows } = (await api.records.sql(
      `select (select count(*)::int from audit_event where action = 'application.decide-intake' and subject_id = $1) as audited,
         (select count(*)::int from outbox_event where topic = 'application.decided' and payload->>'decisionId' = $2::text) as told,
         (select book_hash from loan_application where id = $1) as pinned`,
      [body.applicationId, body.id],
    )) as { rows: object[] };
    expect(rows).toEqual([{ audited: 1, told: 1, pinned: body.bookHash }]);
  });

  it('on a blocked application is made again after the cause is mended, and both are kept', async () => {
    const { qingshi } = api.union.units;
    const customer = await api.records.customer(qingshi, { residence: 'urban' });
    const blocked = await takeIn(officer, { branchId: qingshi, customerId: customer.id });
    expect(findingsOf(blocked)).toEqual({ 'rural-residence': 'BLOCK' });
    must(200, await officer.patch(`/api/v1/customers/${customer.id}`, { residence: 'rural' }, { ifMatch: 1 }));
    const id = blocked.body.applicationId;
    const accepted = must(201, await officer.post(`/api/v1/applications/${id}/intake-decisions`));
    expect(accepted.body).toMatchObject({ verdict: 'PASS', stage: 'investigation' });
    const kept = must(200, await officer.get(`/api/v1/applications/${id}/decisions`));
    expect(kept.body.items.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['PASS', 'BLOCK']);
  });

  it('is not made where no rule book is in force: the loan stops', async () => {
    const other = await api.anotherUnion('BOOKLESS');
    const officerThere = await api.signIn('qingshiOfficer', 'BOOKLESS');
    await asTamperer(
      async (owner) => void (await owner.query('delete from rule_book where union_id = $1', [other.unionId])),
    );
    const customer = must(
      201,
      await officerThere.post('/api/v1/customers', {
        kind: 'person',
        name: '张三',
        identityNumber: '11010519491231002X',
        homeUnitId: other.units.qingshi,
      }),
    );
    const id = await submitted(officerThere, { branchId: other.units.qingshi, customerId: customer.body.id });
    const answer = await officerThere.post(`/api/v1/applications/${id}/intake-decisions`);
    expect(answer.status).toBe(503);
    expect(answer.body.code).toBe('rules.none-in-force');
  });
});

it('more decisions at once than there are connections, with no rule book in hand yet, are all made', async () => {
  const fresh = await TestApi.start();
  const { qingshi } = fresh.union.units;
  const session = await fresh.signIn('qingshiOfficer');
  const ids = await Promise.all(
    Array.from({ length: 30 }, async () => {
      const { id } = await fresh.records.customer(qingshi);
      return submitted(session, { branchId: qingshi, customerId: id });
    }),
  );
  const answers = await Promise.all(ids.map((id) => session.post(`/api/v1/applications/${id}/intake-decisions`)));
  expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 201));
  await fresh.stop();
});

describe('replay', () => {
  it('re-makes every decision and gets the same bytes', async () => {
    await referred();
    const result = await replay();
    expect(result.decisions).toBeGreaterThan(0);
    expect(result.differing).toEqual([]);
  });

  it.each([
    [
      'a stored fact',
      ['facts', 'outcome', 'findings'],
      (id: string) =>
        [
          `update decision set facts = jsonb_set(facts, '{bureau.hardEnquiries12Months,value}', '3') where id = $1`,
          [id],
        ] as const,
    ],
    [
      'a fact that no rule minds',
      ['facts'],
      (id: string) =>
        [
          `update decision set facts = jsonb_set(facts, '{application.termMonths,value}', '36') where id = $1`,
          [id],
        ] as const,
    ],
    ['the verdict', ['outcome'], (id: string) => [`update decision set verdict = 'PASS' where id = $1`, [id]] as const],
    ['a finding removed', ['findings'], (id: string) => ['delete from finding where decision_id = $1', [id]] as const],
    [
      'a reason rewritten',
      ['findings'],
      (id: string) => [`update finding set reason_zh = '没有问题' where decision_id = $1`, [id]] as const,
    ],
    [
      'the parameters',
      ['parameters'],
      (id: string) => [`update decision set parameter_set_hash = repeat('0', 64) where id = $1`, [id]] as const,
    ],
    [
      'the rule book',
      ['rule-book'],
      (id: string) => [`update decision set book_hash = repeat('0', 64) where id = $1`, [id]] as const,
    ],
  ])('reports %s that was tampered with', async (_, what, change) => {
    const { body } = await referred();
    const [text, values] = change(body.id);
    await asTamperer(async (owner) => void (await owner.query(text, [...values])));
    const { differing } = await replay(body.id);
    expect(differing.map((one) => one.what)).toEqual(what);
    expect(differing[0]).toMatchObject({ decisionId: body.id, applicationId: body.applicationId });
  });

  it('reports a rule book whose content is not what its address says', async () => {
    await asTamperer(
      async (owner) =>
        void (await owner.query(
          `update rule_book set content = jsonb_set(content, '{rules,0,severity}', '"WARN"') where union_id = $1`,
          [api.union.unionId],
        )),
    );
    const { differing } = await replay();
    expect(new Set(differing.map((one) => one.what))).toContain('rule-book');
    expect(differing.find((one) => one.what === 'rule-book')?.detail).toMatch(/was altered/);
  });
});
