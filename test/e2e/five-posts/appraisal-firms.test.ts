import type { TestApi } from '../support/api.js';
import { must } from '../support/journey.js';
import { CODES, type Found, type MadeFirm, Security, startSecurity } from './security.js';
import { Walk } from './walk.js';

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
    expect((await deputy.post('/api/v1/appraisal-firms', { name: 'x', creditCode: CODES[0] })).status).toBe(403);
    for (const table of ['panel_selection', 'appraisal', 'specimen_comparison', 'title_check', 'market_evidence']) {
      await expect(api.records.sql(`update ${table} set id = id`, [])).rejects.toThrow(/permission denied/);
      await expect(api.records.sql(`delete from ${table}`, [])).rejects.toThrow(/permission denied/);
    }
    await found(); // something that stands at the review
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
