import { creditCodeCheckCharacter } from '#libs/domain/identity.js';
import type { TestApi } from '../support/api.js';
import { TODAY } from '../support/api.js';
import { must, takeIn } from '../support/journey.js';
import { type Found, type MadeFirm, Security, startSecurity } from './security.js';
import { complete, Walk } from './walk.js';

let api: TestApi;
let walk: Walk;
let security: Security;
let firm: MadeFirm;
let other: MadeFirm;
let outsider: MadeFirm;
const found: Found = (...given) => security.found(firm, ...given);
beforeAll(async () => {
  ({ api, walk, security, firm, other, outsider } = await startSecurity());
});
afterAll(() => api.stop());

const review = { checklist: complete, opinion: '资料齐全' };

describe('what secures a loan, at the review (G3)', () => {
  it('a good report of a panel firm passes, and the loan is released', async () => {
    const { id, rules } = await found();
    expect(rules).toEqual({});
    must(200, await walk.act('qingshiDeputy', id, 'review', review));
    await walk.contracted(await walk.approved(await walk.deliberated(id)));
    expect(must(200, await walk.release(id)).body.loan).not.toBeNull();
  });

  it.each([
    ['a title that the registry calls forged', { title: 'forged' }, { 'collateral-title-genuine': 'BLOCK' }],
    ['a title that is not registered', { title: 'not_found' }, { 'collateral-title-genuine': 'BLOCK' }],
    ['an encumbered title', { title: 'encumbered' }, { 'collateral-title-free': 'REFER' }],
    ['a title that nobody checked', { title: null }, { 'collateral-title-checked': 'BLOCK' }],
    ['an expired report', { validUntil: '2026-11-23' }, { 'collateral-report-valid': 'BLOCK' }],
    ['10 % above the market, which passes', { valueFen: 11_000_000 }, {}],
    ['10 % and a fen above', { valueFen: 11_000_001 }, { 'collateral-above-market-refer': 'REFER' }],
    ['20 % above', { valueFen: 12_000_000 }, { 'collateral-above-market-refer': 'REFER' }],
    ['20 % and a fen above', { valueFen: 12_000_001 }, { 'collateral-above-market-block': 'BLOCK' }],
    [
      'no market evidence',
      { marketFen: null },
      { 'collateral-above-market-block': 'BLOCK', 'collateral-above-market-refer': 'WARN' },
    ],
    ['exactly 70 % of a house', { securedFen: 2_000_000, valueFen: 2_857_143, marketFen: 2_857_200 }, {}],
    [
      'more than 70 % of a house',
      { securedFen: 2_000_000, valueFen: 2_857_142, marketFen: 2_857_200 },
      { 'collateral-loan-to-value': 'BLOCK' },
    ],
    [
      'more than 50 % of a vehicle',
      { class: 'vehicle', valueFen: 3_999_999, marketFen: 3_999_900 },
      { 'collateral-loan-to-value': 'BLOCK' },
    ],
    ['a report made before the agreement', { appraisedOn: '2026-01-09' }, { 'collateral-agreement': 'BLOCK' }],
  ])('%s', async (_, traits, expected) => {
    expect((await found(traits)).rules).toEqual(expected);
  });

  it('a firm off the panel is found, though its seal is genuine', async () => {
    const id = await walk.accepted();
    await security.secured(id, { firm: outsider });
    await walk.investigated(id);
    await security.compared(id, outsider);
    expect(security.rules(await walk.checked(id))).toEqual({
      'collateral-agreement': 'BLOCK',
      'collateral-panel-firm': 'BLOCK',
    });
    expect((await walk.act('qingshiDeputy', id, 'review', review)).body).toMatchObject({
      status: 422,
      code: 'review.blocked',
    });
  });

  it('a firm that nobody registered has no specimen to be set against', async () => {
    const id = await walk.accepted();
    const first17 = '91629100MA1000009';
    await security.secured(id, {
      firm: { name: '无名评估', creditCode: first17 + creditCodeCheckCharacter(first17) },
    });
    await walk.investigated(id);
    await expect(security.compared(id, firm)).rejects.toThrow(/specimen.not-of-firm/);
    expect(Object.keys(security.rules(await walk.checked(id)))).toEqual([
      'collateral-agreement',
      'collateral-compared',
      'collateral-panel-firm',
    ]);
  });

  it('one report serves one loan, by its number or by its content; one title too', async () => {
    const first = await found({ reportNo: 'ONCE-1', certificateNo: 'TITLE-1', report: 'the same paper' });
    expect(first.rules).toEqual({});
    expect((await found({ reportNo: 'ONCE-1' })).rules).toEqual({ 'collateral-report-once': 'BLOCK' });
    expect((await found({ report: 'the same paper' })).rules).toEqual({ 'collateral-report-once': 'BLOCK' });
    expect((await found({ certificateNo: 'TITLE-1' })).rules).toEqual({ 'collateral-title-once': 'REFER' });
    must(200, await walk.act('qingshiOfficer', first.id, 'withdrawal', { reason: '撤回' }));
    expect((await found({ certificateNo: 'TITLE-1' })).rules).toEqual({ 'collateral-title-once': 'REFER' });
  });

  it('a court outcome against the firm counts against it', async () => {
    const head = await walk.as('creditHead');
    const outcome = { caseNo: '（2026）甘民终1号', decidedOn: '2026-06-01', against: true, detail: '高估' };
    const path = `/api/v1/appraisal-firms/${other.id}/court-outcomes`;
    must(201, await head.post(path, outcome));
    expect((await head.post(path, outcome)).body.faults).toMatchObject([{ path: '/caseNo' }]);
    const id = await walk.accepted();
    await security.secured(id, { firm: other });
    await walk.investigated(id);
    await security.compared(id, other);
    expect(security.rules(await walk.checked(id))).toEqual({ 'collateral-firm-record': 'REFER' });
    const { items } = must(200, await head.get('/api/v1/appraisal-firms')).body;
    const shown = items.find(({ id: firmId }: { id: string }) => firmId === other.id);
    expect(shown).toMatchObject({ courtOutcomes: [outcome], record: { reports: 1, aboveMarket: 0, differing: 0 } });
  });

  it('what the registry once called forged stays so, and the newest word is the newest by its day', async () => {
    const id = await walk.accepted();
    const house = await security.secured(id, { firm, title: 'forged' });
    must(201, await security.checked(id, house, 'clear'));
    const field = await security.secured(id, { firm, title: 'encumbered', class: 'land_use_right' });
    must(201, await security.checked(id, field, 'clear', '2026-11-01'));
    await walk.investigated(id);
    await security.compared(id, firm);
    expect(security.rules(await walk.checked(id))).toEqual({
      'collateral-title-free': 'REFER',
      'collateral-title-genuine': 'BLOCK',
    });
  });

  it('a deposit receipt is confirmed by who issued it', async () => {
    const traits = { class: 'deposit_receipt', marketFen: 10_000_000 };
    expect((await found({ ...traits, title: null })).rules).toEqual({ 'collateral-title-checked': 'BLOCK' });
    expect((await found(traits)).rules).toEqual({});
  });

  it('a paper that is missing, and a secured loan that nothing secures, are found', async () => {
    const { qingshi } = api.union.units;
    const officer = await walk.as('qingshiOfficer');
    const customer = await api.records.customer(qingshi, { monthlyIncomeFen: 50_000_000 });
    const id = (await takeIn(officer, { branchId: qingshi, customerId: customer.id })).body.applicationId;
    await security.secured(id, { firm, securedFen: 1_999_999 });
    await walk.investigated(id);
    await security.compared(id, firm);
    expect(security.rules(await walk.checked(id))).toEqual({ 'papers-complete': 'BLOCK', 'security-present': 'BLOCK' });
  });
});

describe('work on security (G3)', () => {
  it('an appraisal of tomorrow, or without its report, is bad input', async () => {
    const id = await walk.accepted();
    const collateralId = await security.secured(id, { firm });
    const answer = await security.appraised(id, collateralId, {
      firm,
      appraisedOn: '2026-11-25',
      validUntil: '2026-11-24',
    });
    expect(answer.body.faults).toMatchObject([
      { path: '/appraisedOn', code: 'input.future' },
      { path: '/validUntil', code: 'input.dates' },
    ]);
    const income = await walk.paper(id, 'income_evidence');
    const bad = await walk.act('qingshiOfficer', id, `collateral/${collateralId}/appraisals`, {
      firmName: firm.name,
      firmCreditCode: firm.creditCode,
      reportNo: 'R-1',
      signer: '韩正',
      appraisedOn: TODAY,
      validUntil: TODAY,
      valueFen: 1,
      documentId: income,
    });
    expect(bad.body.faults).toMatchObject([{ path: '/documentId', code: 'input.no-such-record' }]);
  });

  it('belongs to the investigation post: not to another stage, nor to who acts elsewhere', async () => {
    const { id } = await found();
    const thing = {
      class: 'vehicle',
      description: '货车',
      ownerName: '客户',
      certificateNo: 'V-1',
      securedFen: 1,
    };
    expect((await walk.act('qingshiOfficer', id, 'collateral', thing)).status).toBe(409);
    expect((await walk.act('qingshiDeputy', id, 'collateral', thing)).status).toBe(409);
    const early = await walk.accepted();
    expect((await walk.act('qingshiDeputy', early, 'collateral', thing)).status).toBe(403);
    expect((await walk.act('qingshiOfficer', early, 'collateral', { ...thing, securedFen: 2_000_001 })).status).toBe(
      400,
    );
    const added = must(201, await walk.act('qingshiOfficer', early, 'collateral', thing)).body;
    const gone = await walk.act('qingshiOfficer', early, `collateral/${added.id}/withdrawal`, { reason: '换抵押物' });
    expect(must(200, gone).body.withdrawn).toBe(true);
    expect((await walk.act('qingshiOfficer', early, `collateral/${added.id}/withdrawal`, { reason: 'x' })).status).toBe(
      404,
    );
  });

  it('one thing secures an application once, however its certificate is written', async () => {
    const id = await walk.accepted();
    await security.secured(id, { firm, certificateNo: '青房权证第001号', securedFen: 1_000_000 });
    const again = await walk.act('qingshiOfficer', id, 'collateral', {
      class: 'housing',
      description: '同一套房',
      ownerName: '客户',
      certificateNo: '青房权证 第００１号',
      securedFen: 1_000_000,
    });
    expect(again.body.faults).toMatchObject([{ path: '/certificateNo', code: 'collateral.certificate-taken' }]);
    await security.secured(id, { firm, securedFen: 1_000_000, reportNo: 'SHARED-1' });
    await security.secured(id, { firm, securedFen: 1_000_000, reportNo: 'shared 1' });
    await walk.investigated(id);
    await security.compared(id, firm);
    expect(security.rules(await walk.checked(id))).toEqual({ 'collateral-report-shared': 'REFER' });
  });
});
