import { BookStore } from '#libs/persistence/book-store.js';
import { replayDecisions } from '#libs/persistence/replay.js';
import { systemIds } from '#libs/platform/clock.js';
import { TestApi } from '../support/api.js';
import { must } from '../support/journey.js';
import { LIMIT, PEOPLE, Walk } from './walk.js';

let api: TestApi;
let walk: Walk;
beforeAll(async () => {
  api = await TestApi.start();
  walk = new Walk(api);
  await api.records.authority(api.union.units.qingshi, 'rural_personal', LIMIT);
});
afterAll(() => api.stop());

const loanOf = async (applicationId: string) =>
  (
    (await api.records.sql(
      `select l.principal_fen::int as principal, l.balance_fen::int as balance, l.status, l.issued_on::text, l.due_on::text,
       (select count(*)::int from loan_instalment i where i.loan_id = l.id) as instalments,
       (select sum(principal_fen)::int from loan_instalment i where i.loan_id = l.id) as planned
     from loan l where l.application_id = $1`,
      [applicationId],
    )) as { rows: object[] }
  ).rows;

describe.each(['within', 'over'] as const)("a loan %s the branch's authority", (route) => {
  const amount = route === 'within' ? LIMIT : LIMIT + 1;

  it(`goes from investigation to release by the people of its route (${route === 'within' ? 'G1.1' : 'G1.2'})`, async () => {
    const id = await walk.readyForRelease(amount, route);
    const released = must(200, await walk.release(id));
    expect(released.body.decision).toMatchObject({
      checkpoint: 'release',
      verdict: 'PASS',
      stage: 'released',
      findings: [],
    });
    expect(released.body.loan).toMatchObject({ amountFen: amount, loanNo: expect.stringMatching(/^D2026-\d{6}$/) });
    expect(await loanOf(id)).toEqual([
      {
        principal: amount,
        balance: amount,
        status: 'outstanding',
        issued_on: '2026-11-24',
        due_on: '2028-11-24',
        instalments: 24,
        planned: amount,
      },
    ]);
    const auditor = await walk.as('auditor');
    const file = must(200, await auditor.get(`/api/v1/applications/${id}/case`)).body;
    expect(file).toMatchObject({
      route,
      round: 0,
      application: { stage: 'released' },
      meeting: { outcome: 'carried', closed: true },
    });
    const byPost = new Map<string, Set<string>>();
    for (const { post, staffId } of file.acts) byPost.set(post, (byPost.get(post) ?? new Set()).add(staffId));
    expect([...byPost.keys()]).toEqual(['investigation', 'review', 'deliberation', 'approval']);
    const everybody = [...byPost.values()].flatMap((people) => [...people]);
    expect(new Set(everybody).size).toBe(everybody.length); // nobody at two posts
    const { rows } = (await api.records.sql(
      `select (select count(*)::int from outbox_event where topic = 'loan.released' and payload->>'applicationId' = $1::text) as told,
         (select count(*)::int from audit_event where subject_id = $1::uuid and action like 'application.%') as audited`,
      [id],
    )) as { rows: { told: number; audited: number }[] };
    expect(rows[0]!.told).toBe(1);
    expect(rows[0]!.audited).toBeGreaterThanOrEqual(7);
  });

  it('belongs to the people of that route, not of the other', async () => {
    const id = await walk.accepted(amount);
    const other = PEOPLE[route === 'within' ? 'over' : 'within'];
    const answer = await walk.act(other.investigator, id, 'investigation', {
      visitedOn: '2026-11-24',
      place: 'x',
      monthlyIncomeFen: 1,
      purposeVerified: true,
      evidence: ['a'],
      recommendation: 'support',
      opinion: 'x',
    });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: 'post.not-held', clause: route === 'within' ? 'G1.1' : 'G1.2' });
  });
});

describe('which route a loan takes', () => {
  const routeOf = async (id: string) =>
    must(200, await (await walk.as('auditor')).get(`/api/v1/applications/${id}/case`)).body.route;

  it('is decided by what the whole risk group owes with it (G2)', async () => {
    const { qingshi } = api.union.units;
    const [one, other] = [await api.records.customer(qingshi), await api.records.customer(qingshi)];
    await api.records.link('controller', one.id, other.id);
    await api.records.loan({ customer: other.id, branch: qingshi, balanceFen: LIMIT - 1_000_000 });
    expect(await routeOf(await walk.accepted(1_000_000, one.id))).toBe('within');
    const another = await api.records.customer(qingshi);
    await api.records.link('controller', another.id, other.id);
    expect(await routeOf(await walk.accepted(1_000_001, another.id))).toBe('over');
  });

  it("is over where the authority's period has ended", async () => {
    await api.records
      .sql(`update authority_limit set valid_to = '2026-11-23' where union_id = $1`, [api.union.unionId])
      .catch(() => {});
    api.clock.set('2027-01-05T02:00:00.000Z');
    const fresh = new Walk(api);
    const id = await fresh.accepted(1_000_000).catch(() => null);
    api.clock.set('2026-11-24T02:00:00.000Z');
    expect(id === null ? 'over' : await routeOf(id)).toBe('over');
  });
});

it('every decision of the walks is re-made without a difference, at every checkpoint', async () => {
  const { pool } = api.services.tools;
  const result = await replayDecisions(pool, new BookStore(pool, systemIds, null), api.union.unionId);
  expect(result.differing).toEqual([]);
  const { rows } = (await api.records.sql(
    'select count(*)::int as n, count(distinct checkpoint)::int as checkpoints from decision',
    [],
  )) as { rows: object[] };
  expect(rows).toEqual([{ n: result.decisions, checkpoints: 3 }]);
});
