import { systemIds } from '#libs/platform/clock.js';
import { TestApi } from '../support/api.js';
import { must } from '../support/journey.js';
import { complete, LIMIT, report, terms, Walk } from './walk.js';

let api: TestApi;
let walk: Walk;
beforeAll(async () => {
  api = await TestApi.start();
  walk = new Walk(api);
  await api.records.authority(api.union.units.qingshi, 'rural_personal', LIMIT);
});
afterAll(() => api.stop());

const review = { checklist: complete, opinion: '资料齐全' };
const vote = (choice: string) => ({ choice, opinion: '意见' });

describe('a command out of order', () => {
  it.each([
    ['review', 'qingshiDeputy', 'review', review],
    ['approval', 'qingshiDirector', 'approval', { terms: terms(1_000_000), opinion: '同意' }],
    ['convening', 'qingshiMember1', 'deliberation', undefined],
    ['contract', 'qingshiOfficer', 'contract', { contractNo: 'X', signedOn: '2026-11-24', conditionsMet: [] }],
    ['release', 'qingshiAccountant', 'release', undefined],
  ] as const)('%s before its stage is refused: nobody passes a post by', async (_, who, path, body) => {
    const id = await walk.accepted();
    const answer = await walk.act(who, id, path, body);
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'application.wrong-stage', clause: 'G1' });
  });

  it('a post that has acted does not act twice', async () => {
    const id = await walk.investigated(await walk.accepted());
    expect((await walk.act('qingshiOfficer', id, 'investigation', report)).status).toBe(409);
  });

  it('of two reviewers at once one passes it', async () => {
    const id = await walk.investigated(await walk.accepted());
    await walk.checked(id);
    const version = await walk.version(id);
    const answers = await Promise.all([
      walk.act('qingshiDeputy', id, 'review', review, version),
      walk.act('qingshiAccountant', id, 'review', review, version),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('over authority both reviewers may pass it in the same moment, and it goes on once', async () => {
    const id = await walk.investigated(await walk.accepted(LIMIT + 1), 'over');
    await walk.checked(id, 'creditHead');
    const version = await walk.version(id);
    const answers = await Promise.all([
      walk.act('creditHead', id, 'review', review, version),
      walk.act('vicePresident', id, 'review', review, version),
      walk.act('creditHead', id, 'review', review, version),
      walk.act('vicePresident', id, 'review', review, version),
    ]);
    expect(
      answers
        .filter(({ status }) => status === 200)
        .map(({ body }) => body.stage)
        .sort(),
    ).toEqual(['deliberation', 'review']);
    expect(await walk.version(id)).toBe(version + 1);
  });
});

describe('a person who may not act', () => {
  it('one who has acted at another post (G1)', async () => {
    const id = await walk.investigated(await walk.accepted());
    await api.records.appoint(api.union.staff.qingshiOfficer, api.union.units.qingshi, 'deputy_director');
    const answer = await walk.act('qingshiOfficer', id, 'review', review);
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: 'post.acted-at-another', clause: 'G1' });
  });

  it('one who only went along on site has acted too', async () => {
    const id = await walk.reviewed(await walk.investigated(await walk.accepted(5_000_000)));
    await api.records.appoint(api.union.staff.qingshiOfficer2, api.union.units.qingshi, 'deliberation_group_member');
    expect((await walk.act('qingshiOfficer2', id, 'deliberation')).body.code).toBe('post.acted-at-another');
    await api.records.sql(
      `update post_appointment set valid_to = '2026-11-23' where staff_id = $1 and post = 'deliberation_group_member'`,
      [api.union.staff.qingshiOfficer2],
    );
  });

  it('one whose appointment ended yesterday', async () => {
    const id = await walk.reviewed(await walk.investigated(await walk.accepted()));
    await walk.deliberated(id);
    await api.records.sql(`update post_appointment set valid_to = '2026-11-23' where staff_id = $1`, [
      api.union.staff.qingshiDirector,
    ]);
    const answer = await walk.act('qingshiDirector', id, 'approval', { terms: terms(1_000_000), opinion: '同意' });
    const { staff, units } = api.union;
    await api.records.appoint(staff.qingshiDirector, units.qingshi, 'branch_director', '2026-11-24');
    expect(answer.status).toBe(403);
  });

  it('a post of another', async () => {
    const id = await walk.investigated(await walk.accepted());
    const answer = await walk.act('qingshiDirector', id, 'review', review);
    expect(answer.body).toMatchObject({ code: 'post.not-held', clause: 'G1.1' });
  });

  it('the database refuses what the code should have refused', async () => {
    const id = await walk.investigated(await walk.accepted());
    const insert = (staff: string, post: string, action: string, appointmentOf = staff) =>
      api.records.sql(
        `insert into post_act (id, union_id, application_id, post, action, staff_id, appointment_id, opinion, content, round, acted_at)
         select $1, $2, $3, $4, $5, $6, p.id, 'x', '{}', 0, '2026-11-24T02:00:00Z' from post_appointment p where p.staff_id = $7 limit 1`,
        [systemIds.next(), api.union.unionId, id, post, action, staff, appointmentOf],
      );
    const { qingshiOfficer, qingshiDeputy, qingshiMember1, auditor } = api.union.staff;
    await expect(insert(qingshiOfficer, 'review', 'answer')).rejects.toThrow(/post_act_one_post_each/);
    await expect(insert(qingshiOfficer, 'review', 'pass_review')).rejects.toThrow(/to that post of the route/);
    await expect(insert(qingshiDeputy, 'review', 'pass_review', auditor)).rejects.toThrow(/appointment of his own/);
    await expect(insert(qingshiMember1, 'deliberation', 'vote')).rejects.toThrow(/at the stage of its post/);
    await expect(
      api.records.sql(`update loan_application set stage = 'released', closed_at = now() where id = $1`, [id]),
    ).rejects.toThrow(/released by 1 of the four posts/);
    await expect(api.records.sql('update post_act set opinion = $1', ['changed'])).rejects.toThrow(/permission denied/);
  });
});

describe('investigation', () => {
  it('from 50,000.00 on waits for a second investigator, who confirms in person (G1)', async () => {
    const big = await walk.accepted(5_000_000);
    const confirmation = { opinion: '同行实地调查' };
    expect((await walk.act('qingshiOfficer2', big, 'investigation/confirmation', confirmation)).body.code).toBe(
      'investigation.not-filed',
    );
    expect(must(200, await walk.act('qingshiOfficer', big, 'investigation', report)).body.stage).toBe('investigation');
    expect((await walk.act('qingshiOfficer', big, 'investigation', report)).body.code).toBe('investigation.filed');
    const self = await walk.act('qingshiOfficer', big, 'investigation/confirmation', confirmation);
    expect(self.body).toMatchObject({ status: 403, code: 'investigation.alone', clause: 'G1' });
    expect((await walk.act('qingshiDeputy', big, 'investigation/confirmation', confirmation)).body.code).toBe(
      'post.not-held',
    );
    expect((await walk.act('qingshiDeputy', big, 'review', review)).status).toBe(409);
    expect(
      must(200, await walk.act('qingshiOfficer2', big, 'investigation/confirmation', confirmation)).body.stage,
    ).toBe('review');
    const small = await walk.accepted(4_999_999);
    expect(must(200, await walk.act('qingshiOfficer', small, 'investigation', report)).body.stage).toBe('review');
  });

  it('is not of tomorrow', async () => {
    const answer = await walk.act('qingshiOfficer', await walk.accepted(), 'investigation', {
      ...report,
      visitedOn: '2026-11-25',
    });
    expect(answer.body.faults).toMatchObject([{ path: '/visitedOn', code: 'input.future' }]);
  });
});

describe('review', () => {
  it('is not passed while something on the checklist is missing', async () => {
    const id = await walk.investigated(await walk.accepted());
    const answer = await walk.act('qingshiDeputy', id, 'review', {
      ...review,
      checklist: { ...complete, household: false, incomeEvidence: false },
    });
    expect(answer.body.faults.map(({ path }: { path: string }) => path)).toEqual([
      '/checklist/household',
      '/checklist/incomeEvidence',
    ]);
  });

  it('is not passed while a referred finding has no written answer by the post that its rule names (M1)', async () => {
    const customer = await api.records.customer(api.union.units.qingshi);
    api.files.set(customer.identityNumber, { hardEnquiries12Months: 9, bankruptcies: 1 });
    const id = await walk.investigated(await walk.accepted(2_000_000, customer.id));
    expect((await walk.act('qingshiDeputy', id, 'review', review)).body).toMatchObject({
      status: 409,
      code: 'review.check-first',
    });
    await walk.checked(id);
    const open = await walk.act('qingshiDeputy', id, 'review', review);
    expect(open.body).toMatchObject({ status: 422, code: 'review.findings-open', clause: 'M1' });
    const auditor = await walk.as('auditor');
    const { referrals } = must(200, await auditor.get(`/api/v1/applications/${id}/case`)).body;
    const of = (rule: string) => referrals.find(({ ruleId }: { ruleId: string }) => ruleId === rule).id;
    const answer = async (who: 'qingshiDeputy' | 'creditHead' | 'qingshiDirector', rule: string) =>
      (await walk.as(who)).post(`/api/v1/applications/${id}/finding-answers`, {
        findingId: of(rule),
        opinion: '已核实',
      });
    expect((await answer('qingshiDirector', 'enquiries')).body).toMatchObject({
      status: 403,
      code: 'finding.not-yours',
    });
    must(201, await answer('qingshiDeputy', 'enquiries'));
    expect((await answer('qingshiDeputy', 'enquiries')).body).toMatchObject({ status: 409, code: 'finding.answered' });
    expect((await walk.act('qingshiDeputy', id, 'review', review)).status).toBe(422);
    expect((await answer('qingshiDeputy', 'bankruptcy')).status).toBe(403);
    must(201, await answer('creditHead', 'bankruptcy'));
    must(200, await walk.act('qingshiDeputy', id, 'review', review));
  });

  it('over authority takes the vice-president and the head of the credit department (G1.2)', async () => {
    const id = await walk.investigated(await walk.accepted(LIMIT + 1), 'over');
    await walk.checked(id, 'vicePresident');
    const first = must(200, await walk.act('creditHead', id, 'review', review));
    expect(first.body.stage).toBe('review');
    expect((await walk.act('creditHead', id, 'review', review)).body.code).toBe('review.passed-already');
    expect(must(200, await walk.act('vicePresident', id, 'review', review)).body.stage).toBe('deliberation');
  });
});

describe('deliberation', () => {
  const convened = async () => {
    const id = await walk.reviewed(await walk.investigated(await walk.accepted()));
    must(201, await walk.act('qingshiMember1', id, 'deliberation'));
    return id;
  };
  const close = (id: string) => walk.act('qingshiMember1', id, 'deliberation/closing', { remarks: '记录' });

  it('needs a quorum, which a conflict can break', async () => {
    const id = await convened();
    must(201, await walk.act('qingshiMember2', id, 'deliberation/conflicts', { reason: '与借款人有亲属关系' }));
    expect((await walk.act('qingshiMember2', id, 'deliberation/votes', vote('support'))).body.code).toBe(
      'deliberation.conflict',
    );
    must(201, await walk.act('qingshiMember1', id, 'deliberation/votes', vote('support')));
    must(201, await walk.act('qingshiMember3', id, 'deliberation/votes', vote('support')));
    expect((await close(id)).body).toMatchObject({ status: 422, code: 'deliberation.no-quorum' });
  });

  it('is not closed by who declared a conflict; convening is an act on the record (G1)', async () => {
    const id = await convened();
    must(201, await walk.act('qingshiMember2', id, 'deliberation/conflicts', { reason: '与借款人有亲属关系' }));
    const closing = await walk.act('qingshiMember2', id, 'deliberation/closing', { remarks: '记录' });
    expect(closing.body).toMatchObject({ status: 403, code: 'deliberation.conflict', clause: 'G1' });
    const auditor = await walk.as('auditor');
    const { acts } = must(200, await auditor.get(`/api/v1/applications/${id}/case`)).body;
    expect(acts.map(({ action }: { action: string }) => action)).toContain('convene');
  });

  it.each<[string[], string]>([
    [['support', 'support', 'oppose'], 'approval'],
    [['support', 'oppose', 'abstain'], 'refused'],
  ])('%j ends at %s', async (choices, stage) => {
    const id = await walk.reviewed(await walk.investigated(await walk.accepted()));
    await walk.deliberated(id, 'within', choices);
    expect(must(200, await (await walk.as('auditor')).get(`/api/v1/applications/${id}`)).body.stage).toBe(stage);
  });

  it('no vote twice, none after closing, none by who is no member, no second meeting, minutes frozen', async () => {
    const id = await convened();
    expect((await walk.act('qingshiMember2', id, 'deliberation')).body.code).toBe('deliberation.convened');
    for (const member of ['qingshiMember1', 'qingshiMember2', 'qingshiMember3'] as const)
      must(201, await walk.act(member, id, 'deliberation/votes', vote('support')));
    expect((await walk.act('qingshiMember1', id, 'deliberation/votes', vote('oppose'))).body.code).toBe(
      'deliberation.voted',
    );
    expect((await walk.act('qingshiDirector', id, 'deliberation/votes', vote('support'))).status).toBe(403);
    must(200, await close(id));
    expect((await walk.act('qingshiMember2', id, 'deliberation/votes', vote('oppose'))).body.code).toBe(
      'deliberation.closed',
    );
    await expect(
      api.records.sql(`update deliberation set outcome = 'rejected' where application_id = $1`, [id]),
    ).rejects.toThrow(/frozen/);
    await expect(
      api.records.sql(
        `update deliberation_member set conflict = 'late' where deliberation_id in (select id from deliberation where application_id = $1)`,
        [id],
      ),
    ).rejects.toThrow(/closed/);
  });
});

describe('approval', () => {
  const deliberated = async () => {
    const id = await walk.reviewed(await walk.investigated(await walk.accepted(2_000_000)));
    return walk.deliberated(id);
  };
  const approve = (id: string, change: object) =>
    walk.act('qingshiDirector', id, 'approval', { terms: { ...terms(2_000_000), ...change }, opinion: '同意' });

  it('is at most what deliberation carried, for at most the term asked', async () => {
    const id = await deliberated();
    const answer = await approve(id, { amountFen: 2_000_001, termMonths: 25 });
    expect(answer.body.faults).toMatchObject([
      { path: '/terms/amountFen', code: 'approval.above-deliberated' },
      { path: '/terms/termMonths', code: 'approval.longer-than-asked' },
    ]);
  });

  it('may lower and attach conditions, which the contract shows met one by one', async () => {
    const id = await deliberated();
    must(
      200,
      await approve(id, { amountFen: 1_500_000, paymentMode: 'own_account', conditions: ['办妥保险', '保证人签字'] }),
    );
    const contract = { contractNo: 'HT-CONDITIONS', signedOn: '2026-11-24', conditionsMet: ['保单 1'] };
    expect((await walk.act('qingshiOfficer', id, 'contract', contract)).body.faults).toMatchObject([
      { path: '/conditionsMet', code: 'contract.conditions' },
    ]);
    must(
      200,
      await walk.act('qingshiOfficer', id, 'contract', { ...contract, conditionsMet: ['保单 1', '保证合同 2'] }),
    );
    const released = must(200, await walk.release(id));
    expect(released.body.loan.amountFen).toBe(1_500_000);
  });

  it('may refuse, with the reason', async () => {
    const id = await deliberated();
    expect((await walk.act('qingshiDirector', id, 'refusal', {})).status).toBe(400);
    expect(must(200, await walk.act('qingshiDirector', id, 'refusal', { reason: '用途不实' })).body.stage).toBe(
      'refused',
    );
    expect((await approve(id, {})).status).toBe(409);
  });
});

describe('sent back', () => {
  it('what the earlier post and those behind it did is done again; who acted stays at that post', async () => {
    const id = await walk.reviewed(await walk.investigated(await walk.accepted()));
    await walk.deliberated(id);
    must(200, await walk.act('qingshiDirector', id, 'returns', { to: 'review', reason: '收入证明不清' }));
    expect((await walk.act('qingshiOfficer', id, 'review', review)).status).toBe(403);
    await walk.reviewed(id);
    await walk.deliberated(id);
    await walk.approved(id);
    await walk.contracted(id);
    must(200, await walk.act('qingshiDirector', id, 'returns', { to: 'approval', reason: '收款人变更' }));
    await expect(walk.release(id)).resolves.toMatchObject({ status: 409 });
    await walk.approved(id, 1_000_000, 'within', { paymentMode: 'own_account' });
    must(
      200,
      await walk.act('qingshiOfficer', id, 'contract', {
        contractNo: `HT2-${id}`,
        signedOn: '2026-11-24',
        conditionsMet: [],
      }),
    );
    expect(must(200, await walk.release(id)).body.loan.amountFen).toBe(1_000_000);
  });

  it('not forwards, and not without a reason', async () => {
    const id = await walk.investigated(await walk.accepted());
    expect((await walk.act('qingshiDeputy', id, 'returns', { to: 'approval', reason: 'x' })).status).toBe(409);
    expect((await walk.act('qingshiDeputy', id, 'returns', { to: 'investigation', reason: '  ' })).status).toBe(400);
  });
});
