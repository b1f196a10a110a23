import { creditCodeCheckCharacter } from '#libs/domain/identity.js';
import { TestApi, TODAY } from '../support/api.js';
import { must, takeIn } from '../support/journey.js';
import { CODES, type MadeFirm, png, Security } from './security.js';
import { complete, Walk } from './walk.js';

let api: TestApi;
let walk: Walk;
let security: Security;
let firm: MadeFirm;
let other: MadeFirm;
let outsider: MadeFirm;
const codes = CODES.map((first17) => first17 + creditCodeCheckCharacter(first17));
beforeAll(async () => {
  api = await TestApi.start();
  walk = new Walk(api);
  security = new Security(walk);
  await api.records.authority(api.union.units.qingshi, 'rural_personal', 10_000_000);
  firm = await security.firm(codes[0]!, '正衡评估');
  other = await security.firm(codes[1]!, '公信评估');
  outsider = await security.firm(codes[2]!, '外地评估');
  await security.panel([firm, other]);
});
afterAll(() => api.stop());

const review = { checklist: complete, opinion: '资料齐全' };
/** Collateral as `traits` say, investigated, and set against the specimens where the firm is known. */
const found = async (
  traits: Partial<Parameters<Security['secured']>[1]> = {},
  compare: Parameters<Security['compared']>[2] | null = undefined,
) => {
  const id = await walk.accepted();
  await security.secured(id, { firm, ...traits });
  await walk.investigated(id);
  if (compare !== null) await security.compared(id, firm, compare);
  return { id, rules: security.rules(await walk.checked(id)) };
};

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

  it('seal and signature are both set against the specimens; one that differs blocks, one that is unclear too', async () => {
    expect((await found({}, null)).rules).toEqual({ 'collateral-compared': 'BLOCK' });
    expect((await found({}, { seal: 'matches' })).rules).toEqual({ 'collateral-compared': 'BLOCK' });
    expect((await found({}, { seal: 'differs', signature: 'matches' })).rules).toEqual({
      'collateral-seal-genuine': 'BLOCK',
    });
    expect((await found({}, { seal: 'matches', signature: 'unclear' })).rules).toEqual({
      'collateral-seal-genuine': 'BLOCK',
    });
  });

  it("is set against the specimens of the report's own firm", async () => {
    const id = await walk.accepted();
    await security.secured(id, { firm });
    await walk.investigated(id);
    await expect(security.compared(id, other)).rejects.toThrow(/specimen.not-of-firm/);
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

  it('what is referred at release holds the loan until its post has answered that very finding', async () => {
    const third = await security.firm(codes[3]!, '衡信评估');
    await api.records.sql(
      `insert into appraisal_panel (id, union_id, firm_id, year, chosen_by, agreement_from, agreement_to, selection_id)
       select gen_random_uuid(), $1, $2, 2026, 'tender', '2026-01-01', '2026-12-31', s.id from panel_selection s where s.year = 2026`,
      [api.union.unionId, third.id],
    );
    const id = await walk.accepted();
    await security.secured(id, { firm: third });
    await walk.investigated(id);
    await security.compared(id, third);
    await walk.reviewed(id);
    await walk.contracted(await walk.approved(await walk.deliberated(id)));
    const head = await walk.as('creditHead');
    const court = (caseNo: string) =>
      head.post(`/api/v1/appraisal-firms/${third.id}/court-outcomes`, {
        caseNo,
        decidedOn: '2026-11-23',
        against: true,
        detail: '高估',
      });
    const answer = async () => {
      const { referrals } = must(200, await head.get(`/api/v1/applications/${id}/case`)).body;
      const open = referrals.find(({ answered }: { answered: boolean }) => !answered);
      return head.post(`/api/v1/applications/${id}/finding-answers`, { findingId: open.id, opinion: '已复核评估值' });
    };
    const held = async () => {
      const { loan, decision } = must(200, await walk.release(id)).body;
      expect(loan).toBeNull();
      return security.rules({ body: decision });
    };
    must(201, await court('（2026）1号'));
    expect(await held()).toEqual({ 'collateral-firm-record': 'REFER' });
    must(201, await answer());
    must(201, await court('（2026）2号'));
    expect(await held()).toEqual({ 'collateral-firm-record': 'REFER' }); // two outcomes are another finding than one
    must(201, await answer());
    expect(must(200, await walk.release(id)).body.loan).not.toBeNull();
  });

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

  it('a signature is set against its own signer’s specimen; who took a specimen in does not compare it', async () => {
    const id = await walk.accepted();
    await security.secured(id, { firm, signer: '李某' });
    await walk.investigated(id);
    await expect(security.compared(id, firm)).rejects.toThrow(/specimen.other-signer/);
    const large = await walk.accepted(20_000_000);
    await security.secured(large, { firm }, 'over');
    await walk.investigated(large, 'over');
    await expect(security.compared(large, firm, { seal: 'matches' }, 'creditHead')).rejects.toThrow(
      /specimen.lodged-by-you/,
    );
    await security.compared(large, firm, { seal: 'matches' }, 'vicePresident');
  });

  it('a specimen that was lodged after its report counts for nothing', async () => {
    const id = await walk.accepted();
    await security.secured(id, { firm: outsider });
    api.clock.advanceSeconds(1);
    const head = await walk.as('creditHead');
    const path = `/api/v1/appraisal-firms/${outsider.id}/specimens?kind=seal&holder=x&validFrom=2020-01-01`;
    const seal = must(201, await head.upload(path, 'image/png', png)).body.id;
    await walk.investigated(id);
    await expect(security.compared(id, { ...outsider, seal }, { seal: 'matches' })).rejects.toThrow(
      /specimen.not-of-firm/,
    );
  });

  it('sent back to the review, its check, comparisons and answers are done again', async () => {
    const { id } = await found({ title: 'encumbered' });
    const head = await walk.as('creditHead');
    const answer = async () => {
      const { referrals } = must(200, await head.get(`/api/v1/applications/${id}/case`)).body;
      const open = referrals.find(({ answered }: { answered: boolean }) => !answered);
      must(
        201,
        await head.post(`/api/v1/applications/${id}/finding-answers`, { findingId: open.id, opinion: '余值足够' }),
      );
    };
    await answer();
    must(200, await walk.act('qingshiDeputy', id, 'review', review));
    await walk.deliberated(id);
    must(200, await walk.act('qingshiDirector', id, 'returns', { to: 'review', reason: '印章存疑' }));
    expect((await walk.act('qingshiDeputy', id, 'review', review)).body.code).toBe('review.check-first');
    expect(security.rules(await walk.checked(id))).toEqual({
      'collateral-compared': 'BLOCK',
      'collateral-title-free': 'REFER',
    });
    await security.compared(id, firm);
    expect(security.rules(await walk.checked(id))).toEqual({ 'collateral-title-free': 'REFER' });
    expect((await walk.act('qingshiDeputy', id, 'review', review)).body.code).toBe('review.findings-open');
    await answer();
    must(200, await walk.act('qingshiDeputy', id, 'review', review));
  });

  it('a title is asked again before release; what was secured meanwhile is found', async () => {
    const { id } = await found();
    must(200, await walk.act('qingshiDeputy', id, 'review', review));
    await walk.contracted(await walk.approved(await walk.deliberated(id)));
    const { items } = must(200, await (await walk.as('auditor')).get(`/api/v1/applications/${id}/collateral`)).body;
    must(201, await security.checked(id, items[0].id, 'encumbered'));
    const { loan, decision } = must(200, await walk.release(id)).body;
    expect([loan, security.rules({ body: decision })]).toEqual([null, { 'collateral-title-free': 'REFER' }]);
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

describe('a panel of two or three firms a year (G3)', () => {
  const choose = async (change: object) => {
    const head = await walk.as('creditHead');
    return head.post('/api/v1/appraisal-panels', {
      year: 2027,
      decidedOn: '2026-11-20',
      basis: '会议纪要',
      record: {
        chosenBy: 'vote',
        ballots: [
          { branchId: api.union.units.qingshi, firmIds: [firm.id, other.id] },
          { branchId: api.union.units.liuhe, firmIds: [firm.id, outsider.id] },
          { branchId: api.union.units.chengguan, firmIds: [firm.id, other.id] },
        ],
      },
      firms: [firm, other].map(({ id }) => ({ firmId: id, agreementFrom: '2027-01-01', agreementTo: '2027-12-31' })),
      ...change,
    });
  };
  const on = (firms: MadeFirm[]) =>
    firms.map(({ id }) => ({ firmId: id, agreementFrom: '2027-01-01', agreementTo: '2027-12-31' }));

  it('is what the branch heads voted for, one ballot a branch; one firm, or four, are none', async () => {
    expect((await choose({ firms: on([firm]) })).body.faults).toMatchObject([{ path: '/firms', code: 'panel.size' }]);
    expect((await choose({ firms: on([firm, outsider]) })).body.faults).toMatchObject([
      { path: '/firms/1/firmId', code: 'panel.not-carried' },
    ]);
    const twice = [
      { branchId: api.union.units.qingshi, firmIds: [firm.id, other.id] },
      { branchId: api.union.units.qingshi, firmIds: [firm.id, other.id] },
      { branchId: api.union.units.audit, firmIds: [firm.id] },
    ];
    expect((await choose({ record: { chosenBy: 'vote', ballots: twice } })).body.faults).toMatchObject([
      { path: '/record/ballots', code: 'panel.no-quorum' },
      { path: '/record/ballots/1/branchId', code: 'panel.voted-twice' },
      { path: '/record/ballots/2/branchId', code: 'input.no-such-record' },
    ]);
    const late = [firm, other].map(({ id }) => ({
      firmId: id,
      agreementFrom: '2026-01-01',
      agreementTo: '2027-12-31',
    }));
    expect((await choose({ firms: late })).body.faults).toMatchObject([
      { path: '/firms/0/agreementFrom', code: 'panel.agreement-dates' },
      { path: '/firms/1/agreementFrom', code: 'panel.agreement-dates' },
    ]);
    expect((await choose({ year: 2029, firms: [] })).body.faults.map(({ code }: { code: string }) => code)).toEqual([
      'panel.size',
      'panel.other-year',
    ]);
    must(201, await choose({}));
    expect((await choose({})).body).toMatchObject({ status: 409, code: 'panel.chosen' });
  });

  it('is the head of the credit department’s to record, and nobody changes what was recorded', async () => {
    const deputy = await walk.as('qingshiDeputy');
    expect((await deputy.post('/api/v1/appraisal-firms', { name: 'x', creditCode: codes[0] })).status).toBe(403);
    for (const table of ['panel_selection', 'appraisal', 'specimen_comparison', 'title_check', 'market_evidence']) {
      await expect(api.records.sql(`update ${table} set id = id`, [])).rejects.toThrow(/permission denied/);
      await expect(api.records.sql(`delete from ${table}`, [])).rejects.toThrow(/permission denied/);
    }
    await expect(api.records.sql('update collateral set secured_fen = 1', [])).rejects.toThrow(/permission denied/);
    await expect(api.records.sql('update collateral set withdrawn_at = now()', [])).rejects.toThrow(/investigation/);
  });

  it('the database itself refuses what the code should have: SQL that passes it by', async () => {
    const { unionId } = api.union;
    const { id } = await found();
    const { items } = must(200, await (await walk.as('auditor')).get(`/api/v1/applications/${id}/collateral`)).body;
    const [thing] = items;
    const staff = api.union.staff.qingshiOfficer;
    const title = (collateral: string) =>
      api.records.sql(
        `insert into title_check (id, union_id, collateral_id, registry, checked_on, outcome, evidence, checked_by_id, recorded_at)
         values (gen_random_uuid(), $1, $2, 'x', '2026-11-24', 'clear', 'x', $3, $4)`,
        [unionId, collateral, staff, api.clock.now()],
      );
    await expect(title(thing.id)).rejects.toThrow(/is not written at review/);
    const early = await walk.accepted();
    const house = await security.secured(early, { firm });
    await title(house);
    const foreign = thing.appraisals[0].documentId;
    await expect(
      api.records.sql(
        `insert into appraisal (id, union_id, collateral_id, firm_name, firm_credit_code, report_no, report_key, signer, appraised_on, valid_until,
           value_fen, document_id, sha256, recorded_by_id, recorded_at)
         select gen_random_uuid(), $1, $2, 'x', 'x', 'x', 'x', 'x', '2026-11-01', '2026-12-01', 1, d.id, d.sha256, $3, $4
         from loan_document d where d.id = $5`,
        [unionId, house, staff, api.clock.now(), foreign],
      ),
    ).rejects.toThrow(/paper of the file/);
    const comparison = (appraisal: string, by: string, post: string) =>
      api.records.sql(
        `insert into specimen_comparison (id, union_id, appraisal_id, specimen_id, outcome, opinion, compared_by_id, appointment_id, compared_at)
         select gen_random_uuid(), $1, $2, $3, 'matches', 'x', $4, p.id, $5 from post_appointment p where p.staff_id = $4 and p.post = $6`,
        [unionId, appraisal, firm.seal, by, api.clock.now(), post],
      );
    const { qingshiDeputy, creditHead, qingshiOfficer } = api.union.staff;
    const report = thing.appraisals[0].id;
    await expect(comparison(report, creditHead, 'head_of_credit_department')).rejects.toThrow(/who took it in/);
    await expect(comparison(report, qingshiOfficer, 'field_credit_officer')).rejects.toThrow(/reviewing appointment/);
    await comparison(report, qingshiDeputy, 'deputy_director');
    await expect(api.records.sql(`update appraisal_specimen set valid_from = '2000-01-01'`, [])).rejects.toThrow(
      /permission denied/,
    );
    await expect(
      api.records.sql(
        `insert into appraisal_panel (id, union_id, firm_id, year, chosen_by, agreement_from, agreement_to)
         values (gen_random_uuid(), $1, $2, 2026, 'vote', '2026-01-01', '2026-12-31')`,
        [unionId, outsider.id],
      ),
    ).rejects.toThrow(/appraisal_panel_was_chosen/);
  });

  it('a specimen is an image, shown as it was given', async () => {
    const head = await walk.as('creditHead');
    const path = `/api/v1/appraisal-firms/${firm.id}/specimens`;
    const query = '?kind=seal&holder=x&validFrom=2026-01-01';
    expect((await head.upload(path + query, 'application/pdf', Buffer.from('%PDF-1.7\n%%EOF\n'))).status).toBe(415);
    const shown = must(200, await head.get(`${path}/${firm.seal}/content`));
    expect(shown.headers['content-type']).toBe('image/png');
    expect((await head.get(`/api/v1/appraisal-firms/${other.id}/specimens/${firm.seal}/content`)).status).toBe(404);
  });
});
