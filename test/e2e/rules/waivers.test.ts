import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import type { StaffName } from '#libs/testing/test-union.js';
import { complete, Walk } from '../five-posts/walk.js';
import { TestApi, TODAY } from '../support/api.js';
import { findingsOf, must, takeIn } from '../support/journey.js';
import { bookWithExtra, RulesDesk } from './rules-desk.js';

let api: TestApi;
let walk: Walk;
beforeEach(async () => {
  api = await TestApi.start();
  await api.records.authority(api.union.units.qingshi, 'rural_personal', 10_000_000);
  walk = new Walk(api);
});
afterEach(() => api.stop());

const moveTo = (day: string) => {
  api.clock.set(`${day}T02:00:00.000Z`);
  walk = new Walk(api);
};
const caseOf = async (id: string) =>
  must(200, await (await walk.as('auditor')).get(`/api/v1/applications/${id}/case`)).body;
const blockOf = async (id: string, ruleId: string): Promise<{ id: string; answered: boolean }> =>
  (await caseOf(id)).blocks.find((one: { ruleId: string }) => one.ruleId === ruleId);
const waive = async (who: StaffName, id: string, findingId: string, until: string): Promise<Response> =>
  (await walk.as(who)).post(`/api/v1/applications/${id}/waivers`, {
    findingId,
    reason: '户籍正在迁移，村委会已证明',
    until,
  });
const urban = async () => {
  const { qingshi } = api.union.units;
  const customer = await api.records.customer(qingshi, { residence: 'urban', monthlyIncomeFen: 50_000_000 });
  const guarantor = await api.records.customer(qingshi);
  const traits = { branchId: qingshi, customerId: customer.id, guarantorIds: [guarantor.id] };
  const blocked = await takeIn(await walk.as('qingshiOfficer'), traits);
  expect(findingsOf(blocked)).toEqual({ 'rural-residence': 'BLOCK' });
  return blocked.body.applicationId as string;
};
const decideAgain = async (id: string) =>
  must(201, await (await walk.as('qingshiOfficer')).post(`/api/v1/applications/${id}/intake-decisions`));

it('one finding of one application is waived by the post that the rule names, until its day, and stays a finding (M1)', async () => {
  const id = await urban();
  const { id: findingId } = await blockOf(id, 'rural-residence');
  expect((await waive('qingshiOfficer', id, findingId, TODAY)).body).toMatchObject({
    status: 403,
    code: 'finding.not-yours',
  });
  expect((await waive('qingshiDirector', id, findingId, TODAY)).status).toBe(403);
  expect((await waive('qingshiDeputy', id, findingId, '2026-11-23')).body.faults).toMatchObject([{ path: '/until' }]);
  expect((await decideAgain(id)).body.stage).toBe('intake');
  const newest = await blockOf(id, 'rural-residence');
  expect((await waive('qingshiDeputy', id, findingId, TODAY)).status).toBe(404); // of an earlier decision
  must(201, await waive('qingshiDeputy', id, newest.id, '2026-11-25'));
  expect((await waive('qingshiDeputy', id, newest.id, '2026-11-25')).body.code).toBe('finding.answered');

  const accepted = await decideAgain(id);
  expect(accepted.body).toMatchObject({ verdict: 'BLOCK', stage: 'investigation' });
  const auditor = await walk.as('auditor');
  const application = must(200, await auditor.get(`/api/v1/applications/${id}`)).body;
  expect(application.intakeVerdict).toBe('REFER');
  const [shown] = must(200, await auditor.get(`/api/v1/decisions/${accepted.body.id}`)).body.findings;
  expect(shown).toMatchObject({
    ruleId: 'rural-residence',
    verdict: 'BLOCK',
    words: [{ by: 'qingshiDeputy', opinion: '户籍正在迁移，村委会已证明', waivedUntil: '2026-11-25' }],
  });
  const other = await urban(); // the waiver is of one application
  expect((await decideAgain(other)).body.stage).toBe('intake');

  for (const kind of ['identity', 'income_evidence', 'purpose_evidence']) await walk.paper(id, kind);
  await walk.investigated(id);
  await walk.reviewed(id);
  await walk.deliberated(id);
  await walk.approved(id);
  await walk.contracted(id);
  moveTo('2026-11-26'); // it has ended: what it let by is open again
  const held = must(200, await walk.release(id)).body;
  expect(held.loan).toBeNull();
  expect(findingsOf({ body: held.decision } as Response)).toMatchObject({ 'release-findings-answered': 'BLOCK' });
  const open = await blockOf(id, 'rural-residence');
  expect(open.answered).toBe(false);
  must(201, await waive('qingshiDeputy', id, open.id, '2026-11-26'));
  expect(must(200, await walk.release(id)).body.loan).not.toBeNull();
  expect((await (await RulesDesk.open(api)).replay()).differing).toEqual([]);
});

it('a BLOCK at release lets the loan go while it is waived, and not a day longer', async () => {
  const id = await walk.readyForRelease();
  await (await RulesDesk.open(api)).published({ content: await bookWithExtra('release') }, '2026-11-25');
  moveTo('2026-11-25');
  const held = must(200, await walk.release(id)).body;
  expect(findingsOf({ body: held.decision } as Response)).toEqual({ 'always-here': 'BLOCK' });
  must(201, await waive('qingshiDeputy', id, (await blockOf(id, 'always-here')).id, '2026-11-25'));
  moveTo('2026-11-26');
  expect(must(200, await walk.release(id)).body.loan).toBeNull();
  must(201, await waive('qingshiDeputy', id, (await blockOf(id, 'always-here')).id, '2026-11-26'));
  expect(must(200, await walk.release(id)).body.loan).not.toBeNull();
});

it('a BLOCK at the review lets it pass while it is waived', async () => {
  const id = await walk.investigated(await walk.accepted());
  await (await RulesDesk.open(api)).published({ content: await bookWithExtra('review') }, '2026-11-25');
  moveTo('2026-11-25');
  await walk.checked(id);
  const pass = () =>
    walk.act('qingshiDeputy', id, 'review', {
      checklist: complete,
      opinion: '资料齐全',
    });
  expect((await pass()).body).toMatchObject({ status: 422, code: 'review.blocked' });
  must(201, await waive('qingshiDeputy', id, (await blockOf(id, 'always-here')).id, '2026-11-30'));
  expect(must(200, await pass()).body.stage).toBe('deliberation');
  await walk.deliberated(id);
  await walk.approved(id);
  await walk.contracted(id);
  expect(must(200, await walk.release(id)).body.loan).not.toBeNull();
});

it('where the rule names no post nobody waives it', async () => {
  const named = { content: await bookWithExtra('review', { answeredBy: null }) };
  await (await RulesDesk.open(api)).published(named, TODAY);
  moveTo('2026-11-25');
  const id = await walk.investigated(await walk.accepted());
  await walk.checked(id);
  const { id: findingId } = await blockOf(id, 'always-here');
  expect((await waive('qingshiDeputy', id, findingId, '2026-11-25')).body).toMatchObject({
    status: 422,
    code: 'finding.not-waivable',
  });
});

it('the database holds it: the named post, a day to come, and no answer in the place of a waiver', async () => {
  const desk = await RulesDesk.open(api);
  const id = await urban();
  const { id: findingId } = await blockOf(id, 'rural-residence');
  const write = (who: StaffName, until: string | null) =>
    desk.asApp(
      `insert into finding_answer (id, union_id, finding_id, staff_id, appointment_id, opinion, answered_at, waived_until)
       select $1, p.union_id, $2, p.staff_id, p.id, 'x', $3, $4 from post_appointment p where p.staff_id = $5 order by p.post limit 1`,
      [randomUUID(), findingId, api.clock.now(), until, api.union.staff[who]],
    );
  await expect(write('qingshiOfficer', TODAY)).rejects.toThrow(/post that its rule names/);
  await expect(write('qingshiDeputy', '2026-11-23')).rejects.toThrow(/a day to come/);
  await expect(write('qingshiDeputy', null)).rejects.toThrow(/what was referred is answered/);
  await expect(write('qingshiDeputy', TODAY)).rejects.toThrow(/act of who answers/);
});
