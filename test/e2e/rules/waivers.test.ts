import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { asOwner } from '#apps/cli/verify/as-owner.js';
import type { StaffName } from '#libs/testing/test-union.js';
import { complete, Walk } from '../five-posts/walk.js';
import { TestApi, TODAY } from '../support/api.js';
import { findingsOf, must, takeIn } from '../support/journey.js';
import { bookWith, bookWithExtra, RulesDesk } from './rules-desk.js';

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
/** The shipped book, in which the vice-president may waive that somebody lives in town. */
const residenceWaivable = () =>
  bookWith('2026.2', (rule) => (rule.id === 'rural-residence' ? { ...rule, waivedBy: 'vice_president' } : rule));
const inForce = async (content: object, from = TODAY) =>
  (await RulesDesk.open(api)).published({ content }, from).then(({ hash }) => hash as string);
const checkedWith = async (change: Parameters<typeof bookWithExtra>[1]): Promise<string> => {
  await inForce(await bookWithExtra('review', change));
  const id = await walk.investigated(await walk.accepted());
  await walk.checked(id);
  return id;
};
const decideAgain = async (id: string) =>
  must(201, await (await walk.as('qingshiOfficer')).post(`/api/v1/applications/${id}/intake-decisions`));

it('who answers what a rule cannot judge does not waive what it knows: a shipped BLOCK is waived by nobody (M1)', async () => {
  const id = await urban();
  const { id: findingId } = await blockOf(id, 'rural-residence');
  for (const who of ['qingshiDeputy', 'qingshiDirector', 'vicePresident', 'president'] as const) {
    expect((await waive(who, id, findingId, TODAY)).body).toMatchObject({ status: 422, code: 'finding.not-waivable' });
  }
  const decided = await decideAgain(id);
  expect(decided.body).toMatchObject({ verdict: 'BLOCK', stage: 'intake' });
  expect(decided.body.findings).toMatchObject([{ ruleId: 'rural-residence', answeredBy: null, waivedBy: null }]);
});

it('one finding of one application is waived by the post that the rule names for it, until its day, and stays a finding (M1)', async () => {
  await inForce(await residenceWaivable());
  const id = await urban();
  const { id: findingId } = await blockOf(id, 'rural-residence');
  expect((await waive('qingshiOfficer', id, findingId, TODAY)).body).toMatchObject({
    status: 403,
    code: 'finding.not-yours',
  });
  expect((await waive('qingshiDeputy', id, findingId, TODAY)).body).toMatchObject({
    status: 403,
    code: 'finding.not-yours',
    text: { zh: '该发现由分管副理事长豁免', en: 'this finding is waived by: Vice-president' },
  });
  expect((await waive('vicePresident', id, findingId, '2026-11-23')).body.faults).toMatchObject([{ path: '/until' }]);
  expect((await decideAgain(id)).body.stage).toBe('intake');
  const newest = await blockOf(id, 'rural-residence');
  expect((await waive('vicePresident', id, findingId, TODAY)).status).toBe(404); // of an earlier decision
  must(201, await waive('vicePresident', id, newest.id, '2026-11-25'));
  expect((await waive('vicePresident', id, newest.id, '2026-11-25')).body.code).toBe('finding.answered');

  const accepted = await decideAgain(id);
  expect(accepted.body).toMatchObject({ verdict: 'BLOCK', stage: 'investigation' });
  const auditor = await walk.as('auditor');
  const application = must(200, await auditor.get(`/api/v1/applications/${id}`)).body;
  expect(application.intakeVerdict).toBe('REFER');
  const [shown] = must(200, await auditor.get(`/api/v1/decisions/${accepted.body.id}`)).body.findings;
  expect(shown).toMatchObject({
    ruleId: 'rural-residence',
    verdict: 'BLOCK',
    waivedBy: 'vice_president',
    words: [{ by: 'vicePresident', opinion: '户籍正在迁移，村委会已证明', waivedUntil: '2026-11-25' }],
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
  must(201, await waive('vicePresident', id, open.id, '2026-11-26'));
  expect(must(200, await walk.release(id)).body.loan).not.toBeNull();
  expect((await (await RulesDesk.open(api)).replay()).differing).toEqual([]);
});

it('a BLOCK at release lets the loan go while it is waived, and not a day longer', async () => {
  const id = await walk.readyForRelease();
  await inForce(await bookWithExtra('release'), '2026-11-25');
  moveTo('2026-11-25');
  const held = must(200, await walk.release(id)).body;
  expect(findingsOf({ body: held.decision } as Response)).toEqual({ 'always-here': 'BLOCK' });
  must(201, await waive('vicePresident', id, (await blockOf(id, 'always-here')).id, '2026-11-25'));
  moveTo('2026-11-26');
  expect(must(200, await walk.release(id)).body.loan).toBeNull();
  must(201, await waive('vicePresident', id, (await blockOf(id, 'always-here')).id, '2026-11-26'));
  expect(must(200, await walk.release(id)).body.loan).not.toBeNull();
});

it('a BLOCK at the review lets it pass while it is waived', async () => {
  const id = await walk.investigated(await walk.accepted());
  await inForce(await bookWithExtra('review'), '2026-11-25');
  moveTo('2026-11-25');
  await walk.checked(id);
  const pass = () =>
    walk.act('qingshiDeputy', id, 'review', {
      checklist: complete,
      opinion: '资料齐全',
    });
  expect((await pass()).body).toMatchObject({ status: 422, code: 'review.blocked' });
  must(201, await waive('vicePresident', id, (await blockOf(id, 'always-here')).id, '2026-11-30'));
  expect(must(200, await pass()).body.stage).toBe('deliberation');
  await walk.deliberated(id);
  await walk.approved(id);
  await walk.contracted(id);
  expect(must(200, await walk.release(id)).body.loan).not.toBeNull();
});

it('a REFER is answered by the post that answers it, and waived by the post that waives it', async () => {
  const id = await checkedWith({ severity: 'REFER', whenUnknown: 'REFER' });
  const { referrals } = await caseOf(id);
  const { id: findingId } = referrals.find(({ ruleId }: { ruleId: string }) => ruleId === 'always-here');
  const answer = async (who: StaffName) =>
    (await walk.as(who)).post(`/api/v1/applications/${id}/finding-answers`, { findingId, opinion: '已核实' });
  expect((await waive('qingshiDeputy', id, findingId, TODAY)).body.code).toBe('finding.not-yours');
  expect((await answer('vicePresident')).body).toMatchObject({
    status: 403,
    code: 'finding.not-yours',
    text: { en: 'this finding is answered by: Deputy director' },
  });
  expect(must(201, await waive('vicePresident', id, findingId, TODAY)).body).toMatchObject({
    waivedBy: 'vice_president',
  });
  moveTo('2026-11-25'); // the waiver has ended; an answer stands
  expect(must(201, await answer('qingshiDeputy')).body).toMatchObject({ answeredBy: 'deputy_director' });
});

it('where the rule names nobody who waives, a REFER is answered and not waived', async () => {
  const id = await checkedWith({ severity: 'REFER', whenUnknown: 'REFER', waivedBy: undefined });
  const [{ id: findingId }] = (await caseOf(id)).referrals;
  expect((await waive('qingshiDeputy', id, findingId, TODAY)).body.code).toBe('finding.not-waivable');
  must(
    201,
    await (await walk.as('qingshiDeputy')).post(`/api/v1/applications/${id}/finding-answers`, {
      findingId,
      opinion: '已核实',
    }),
  );
});

it('the named post does not waive for a loan that its holder handled (G1)', async () => {
  const id = await walk.readyForRelease();
  await inForce(await bookWithExtra('release', { waivedBy: 'branch_director' }), '2026-11-25');
  moveTo('2026-11-25');
  expect(must(200, await walk.release(id)).body.loan).toBeNull();
  const { id: findingId } = await blockOf(id, 'always-here');
  expect((await waive('qingshiDirector', id, findingId, '2026-11-25')).body).toMatchObject({
    status: 403,
    code: 'post.acted-at-another',
  });
});

it('an exception names who answers it, not who waives it (C9)', async () => {
  const { qingshi } = api.union.units;
  const customer = await api.records.customer(qingshi, { monthlyIncomeFen: 50_000_000 });
  await api.records.loan({ customer: customer.id, branch: qingshi, fiveTier: 'doubtful' });
  const exception = { clause: 'C9', papers: ['repaymentPlan', 'overAuthorityRoute'] };
  const referred = await takeIn(await walk.as('qingshiOfficer'), {
    branchId: qingshi,
    customerId: customer.id,
    exception,
  });
  expect(findingsOf(referred)).toMatchObject({ 'npl-applicant': 'REFER' });
  const id = referred.body.applicationId;
  const { referrals } = await caseOf(id);
  const { id: findingId } = referrals.find(({ ruleId }: { ruleId: string }) => ruleId === 'npl-applicant');
  expect((await waive('creditHead', id, findingId, TODAY)).body.code).toBe('finding.not-waivable');
});

describe('the database', () => {
  const write = async (who: StaffName, findingId: string, until: string | null) =>
    (await RulesDesk.open(api)).asApp(
      `insert into finding_answer (id, union_id, finding_id, staff_id, appointment_id, opinion, answered_at, waived_until)
       select $1, p.union_id, $2, p.staff_id, p.id, 'x', $3, $4 from post_appointment p where p.staff_id = $5 order by p.post limit 1`,
      [randomUUID(), findingId, api.clock.now(), until, api.union.staff[who]],
    );

  it('refuses a waiver of a BLOCK by the post that only answers its rule', async () => {
    const { id: findingId } = await blockOf(await urban(), 'rural-residence');
    for (const who of ['qingshiDeputy', 'vicePresident', 'qingshiOfficer'] as const) {
      await expect(write(who, findingId, TODAY)).rejects.toThrow(/post that its rule names for that/);
    }
  });

  it('lets no investigator waive, whatever a book says', async () => {
    const { id: findingId } = await blockOf(await urban(), 'rural-residence');
    const copied = randomUUID();
    await asOwner(api.database.ownerUrl, api.union.unionId, async (owner) => {
      await owner.query(
        `insert into rule_book select (jsonb_populate_record(b, jsonb_build_object('id', gen_random_uuid(), 'hash', 'made-up', 'content',
           replace(b.content::text, '"id": "rural-residence"', '"id": "rural-residence", "waivedBy": "' || $1 || '"')::jsonb))).* from rule_book b`,
        ['field_credit_officer'],
      );
      await owner.query(
        `insert into finding select (jsonb_populate_record(f, jsonb_build_object('id', $2::text, 'position', 99, 'book_hash', 'made-up'))).*
         from finding f where f.id = $1`,
        [findingId, copied],
      );
    });
    await expect(write('qingshiOfficer2', copied, TODAY)).rejects.toThrow(/post that its rule names for that/);
  });

  it('holds the named post, a day to come, and no answer in the place of a waiver', async () => {
    await inForce(await residenceWaivable());
    const { id: findingId } = await blockOf(await urban(), 'rural-residence');
    await expect(write('qingshiDeputy', findingId, TODAY)).rejects.toThrow(/post that its rule names for that/);
    await expect(write('vicePresident', findingId, '2026-11-23')).rejects.toThrow(/a day to come/);
    await expect(write('vicePresident', findingId, null)).rejects.toThrow(/what was referred is answered/);
    await expect(write('vicePresident', findingId, TODAY)).rejects.toThrow(/act of who answers/);
  });

  it('reads the book that found it: what a later book names does not count', async () => {
    const { id: findingId } = await blockOf(await urban(), 'rural-residence');
    await inForce(await residenceWaivable());
    await expect(write('vicePresident', findingId, TODAY)).rejects.toThrow(/post that its rule names for that/);
  });
});
