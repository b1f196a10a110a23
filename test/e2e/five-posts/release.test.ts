import { systemIds } from '#libs/platform/clock.js';
import { TestApi } from '../support/api.js';
import { must } from '../support/journey.js';
import { complete, Walk } from './walk.js';

const GROUP_LIMIT = 15_000_000_000;

let api: TestApi;
let walk: Walk;
beforeAll(async () => {
  api = await TestApi.start();
  walk = new Walk(api);
  await api.records.authority(api.union.units.qingshi, 'rural_personal', 2 * GROUP_LIMIT);
});
afterAll(() => api.stop());

const rulesOf = (response: { body: { decision: { findings: { ruleId: string }[] } } }) =>
  response.body.decision.findings.map(({ ruleId }) => ruleId);

describe('everything is checked again at release', () => {
  it('a bureau report of 16 days ago holds the loan; a new one lets it go', async () => {
    const id = await walk.readyForRelease();
    api.clock.set('2026-12-10T02:00:00.000Z');
    const fresh = new Walk(api);
    const held = must(200, await fresh.release(id));
    api.clock.set('2026-12-09T02:00:00.000Z');
    const released = must(200, await new Walk(api).release(id));
    api.clock.set('2026-11-24T02:00:00.000Z');
    expect(rulesOf(held)).toEqual(['release-report-fresh']);
    expect(held.body).toMatchObject({ loan: null, decision: { verdict: 'BLOCK', stage: 'release' } });
    expect(released.body.loan).not.toBeNull();
  });

  it('a loan of the applicant that went bad meanwhile holds it', async () => {
    const customer = await api.records.customer(api.union.units.qingshi);
    const id = await walk.readyForRelease(2_000_000, 'within', customer.id);
    await api.records.loan({ customer: customer.id, branch: api.union.units.qingshi, fiveTier: 'loss' });
    expect(rulesOf(must(200, await walk.release(id)))).toEqual(['release-npl-applicant']);
  });

  it('an exception (C9) goes by the answer to those very figures, and by no other', async () => {
    const { qingshi } = api.union.units;
    const customer = await api.records.customer(qingshi, { monthlyIncomeFen: 50_000_000 });
    const bad = () => api.records.loan({ customer: customer.id, branch: qingshi, fiveTier: 'doubtful' });
    await bad();
    const exception = { clause: 'C9', papers: ['repaymentPlan', 'overAuthorityRoute'] };
    const id = await walk.accepted(2_000_000, customer.id, { exception });
    const head = await walk.as('creditHead');
    const answerOpen = async () => {
      const { referrals } = must(200, await head.get(`/api/v1/applications/${id}/case`)).body;
      for (const { id: findingId } of referrals.filter(({ answered }: { answered: boolean }) => !answered))
        must(201, await head.post(`/api/v1/applications/${id}/finding-answers`, { findingId, opinion: '放水养鱼' }));
    };
    await answerOpen();
    await walk.investigated(id, 'over');
    await walk.reviewed(id, 'over');
    await walk.contracted(await walk.approved(await walk.deliberated(id, 'over'), 2_000_000, 'over'));
    await bad();
    const held = must(200, await walk.release(id));
    expect([held.body.loan, rulesOf(held)]).toEqual([null, ['release-npl-applicant']]);
    await answerOpen();
    expect(must(200, await walk.release(id)).body.loan).not.toBeNull();
  });

  it('a branch that has lost its responsible credit officer holds it (I2)', async () => {
    const id = await walk.readyForRelease();
    await api.records.sql(
      `update post_appointment set valid_to = '2026-11-23' where post = 'responsible_credit_officer' and unit_id = $1`,
      [api.union.units.qingshi],
    );
    expect(rulesOf(must(200, await walk.release(id)))).toEqual(['release-authority', 'release-responsible-officer']);
    const { staff, units } = api.union;
    await api.records.appoint(staff.qingshiOfficer, units.qingshi, 'responsible_credit_officer', '2026-11-24');
    must(200, await walk.release(id));
  });

  it('a group that has meanwhile grown over the authority of the branch holds it (G1.2)', async () => {
    const { qingshi } = api.union.units;
    const customer = await api.records.customer(qingshi);
    const owner = await api.records.customer(qingshi);
    const id = await walk.readyForRelease(2_000_000, 'within', customer.id);
    await api.records.link('controller', customer.id, owner.id);
    await api.records.loan({ customer: owner.id, branch: qingshi, balanceFen: 2 * GROUP_LIMIT });
    expect(rulesOf(must(200, await walk.release(id)))).toEqual(['release-authority', 'release-group-limit']);
  });

  it('nobody who acted at a post releases it (G1)', async () => {
    const id = await walk.investigated(await walk.accepted());
    const review = { checklist: complete, opinion: '资料齐全' };
    await walk.checked(id);
    must(200, await walk.act('qingshiAccountant', id, 'review', review));
    await walk.contracted(await walk.approved(await walk.deliberated(id)));
    expect((await walk.release(id)).body).toMatchObject({ status: 403, code: 'post.acted-at-another', clause: 'G1' });
  });

  it('whoever guaranteed the application guarantees the loan: one risk group (M2)', async () => {
    const { qingshi } = api.union.units;
    const guarantor = await api.records.customer(qingshi);
    const id = await walk.readyForRelease();
    await api.records.sql(
      `insert into guarantee (id, union_id, application_id, guarantor_id, kind, amount_fen, valid_from) values ($1, $2, $3, $4, 'guarantee', 2000000, '2026-11-24')`,
      [systemIds.next(), api.union.unionId, id, guarantor.id],
    );
    const { body } = must(200, await walk.release(id));
    const { rows } = (await api.records.sql('select loan_id, application_id from guarantee where guarantor_id = $1', [
      guarantor.id,
    ])) as { rows: object[] };
    expect(rows).toEqual([{ loan_id: body.loan.id, application_id: null }]);
  });

  it('the database itself lets nothing go past a finding that nobody answered, or a check that blocks', async () => {
    const id = await walk.readyForRelease();
    const released = () =>
      api.records.sql(
        `update loan_application set stage = 'released', closed_at = now(), version = version + 1 where id = $1`,
        [id],
      );
    const decision = (verdict: string) =>
      api.records.sql(
        `insert into decision (id, union_id, application_id, checkpoint, business_date, book_hash, parameter_set_hash, product_code, verdict, facts,
           facts_hash, outcome_hash, decided_at, decided_by_id)
         select $1, union_id, application_id, checkpoint, business_date, book_hash, parameter_set_hash, product_code, $2::verdict, facts,
           facts_hash, outcome_hash, decided_at, decided_by_id from decision where application_id = $3 and checkpoint = 'review' limit 1`,
        [systemIds.next(), verdict, id],
      );
    await decision('BLOCK');
    await expect(released()).rejects.toThrow(/without a check at the review/);
    await decision('REFER');
    await api.records.sql(
      `insert into finding (id, union_id, decision_id, position, rule_id, clause, severity, verdict, judged, operands, reason_zh, reason_en)
       select $1, d.union_id, d.id, 0, 'collateral-title-free', 'G3', 'REFER', 'REFER', true, '[]', 'x', 'x' from decision d
       where d.application_id = $2 and d.checkpoint = 'review' order by d.decided_at desc, d.id desc limit 1`,
      [systemIds.next(), id],
    );
    await expect(released()).rejects.toThrow(/1 findings that nobody answered/);
    await decision('PASS');
    await expect(released()).rejects.toThrow(/without a check at release/);
  });

  it('is released once: the same key gives the same loan, another key finds it gone', async () => {
    const id = await walk.readyForRelease();
    const version = await walk.version(id);
    const teller = await walk.as('qingshiAccountant');
    const path = `/api/v1/applications/${id}/release`;
    const first = must(200, await teller.post(path, undefined, { key: 'release-once-only', ifMatch: version }));
    const again = must(200, await teller.post(path, undefined, { key: 'release-once-only', ifMatch: version }));
    expect(again.body).toEqual(first.body);
    expect((await walk.release(id)).status).toBe(409);
  });
});

it('releases at once on one group never pass its limit, and each released sum is there once (M2)', async () => {
  const { qingshi } = api.union.units;
  const owner = await api.records.customer(qingshi);
  // The group owes all but 30 loans of 1,000,000 fen of its limit; 100 are released at once.
  const sum = 1_000_000;
  const room = 30;
  const customers: string[] = [];
  const prepared = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const { id } = await api.records.customer(qingshi);
      customers.push(id);
      return walk.readyForRelease(sum, 'within', id);
    }),
  );
  for (const id of customers) await api.records.link('controller', id, owner.id);
  await api.records.loan({ customer: owner.id, branch: qingshi, balanceFen: GROUP_LIMIT - room * sum });
  const answers = await Promise.all(prepared.map((id) => walk.release(id)));
  const released = answers.filter(({ body }) => body.loan !== null && body.loan !== undefined);
  const held = answers.filter(({ body }) => body.loan === null);
  expect([released.length, held.length]).toEqual([room, 100 - room]);
  for (const one of held) expect(rulesOf(one)).toEqual(['release-group-limit']);
  const { rows } = (await api.records.sql(
    `select sum(e.outstanding_fen)::bigint::text as owed, count(*) filter (where l.id is not null)::int as loans
     from party_exposure e left join loan l on l.party_id = e.party_id and l.application_id is not null where e.party_id = any($1::uuid[])`,
    [[...customers, owner.id]],
  )) as { rows: { owed: string; loans: number }[] };
  expect(rows).toEqual([{ owed: String(GROUP_LIMIT), loans: room }]);
});
