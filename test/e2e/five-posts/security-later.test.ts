import type { TestApi } from '../support/api.js';
import { must } from '../support/journey.js';
import { CODES, type Found, type MadeFirm, Security, startSecurity } from './security.js';
import { complete, Walk } from './walk.js';

let api: TestApi;
let walk: Walk;
let security: Security;
let firm: MadeFirm;
const found: Found = (...given) => security.found(firm, ...given);
beforeAll(async () => {
  ({ api, walk, security, firm } = await startSecurity());
});
afterAll(() => api.stop());

const review = { checklist: complete, opinion: '资料齐全' };

describe('security after the review (G3)', () => {
  it('what is referred at release holds the loan until its post has answered that very finding', async () => {
    const third = await security.firm(CODES[3], '衡信评估');
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
});
