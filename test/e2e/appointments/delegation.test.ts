import type { StaffName } from '#libs/testing/test-union.js';
import { complete, LIMIT, terms, Walk } from '../five-posts/walk.js';
import { TestApi, TODAY } from '../support/api.js';
import { must } from '../support/journey.js';
import type { Session } from '../support/session.js';

let api: TestApi;
let walk: Walk;
let admin: Session;
beforeEach(async () => {
  api = await TestApi.start();
  walk = new Walk(api);
  admin = await api.signIn('admin');
  await api.records.authority(api.union.units.qingshi, 'rural_personal', LIMIT);
});
afterEach(() => api.stop());

const postOf = async (name: StaffName): Promise<string> =>
  must(200, await admin.get(`/api/v1/staff/${api.union.staff[name]}/appointments`)).body.items.at(-1).id;
const delegate = (who: Session, id: string, to: StaffName, change: object = {}) =>
  who.post(`/api/v1/appointments/${id}/delegations`, {
    toStaffId: api.union.staff[to],
    validFrom: TODAY,
    validTo: '2026-11-25',
    basis: '主任外出学习',
    ...change,
  });
const end = (who: Session, id: string) =>
  who.post(`/api/v1/appointments/${id}/end`, { validTo: TODAY, reason: '主任提前返岗' });
const codesOf = ({ body }: { body: { faults: { path: string; code: string }[] } }) =>
  body.faults.map(({ path, code }) => `${path} ${code}`);
const approval = { terms: terms(2_000_000), opinion: '同意' };
const awaitingApproval = async () =>
  walk.deliberated(await walk.reviewed(await walk.investigated(await walk.accepted())));

it('a deputy acts on the days of the delegation, under an appointment that the audit trail names', async () => {
  const director = await walk.as('qingshiDirector');
  const origin = await postOf('qingshiDirector');
  const [first, second, third] = [await awaitingApproval(), await awaitingApproval(), await awaitingApproval()];
  const made = must(201, await delegate(director, origin, 'liuheOfficer', { validFrom: '2026-11-25' })).body;
  expect(made).toMatchObject({ post: 'branch_director', delegatedFromId: origin, validTo: '2026-11-25' });
  const approve = (who: StaffName, id: string) => walk.act(who, id, 'approval', approval);
  expect((await approve('liuheOfficer', first)).body.code).toBe('scope.other-unit'); // the day before

  api.clock.set('2026-11-25T02:00:00.000Z');
  for (const name of ['liuheOfficer', 'qingshiDirector', 'auditor'] as const) walk.forget(name);
  must(200, await approve('liuheOfficer', first));
  must(200, await approve('qingshiDirector', second)); // who handed it on keeps it
  const auditor = await walk.as('auditor');
  const trail = must(200, await auditor.get(`/api/v1/audit-events?subjectId=${first}`)).body.items;
  expect(trail[0]).toMatchObject({ actorId: api.union.staff.liuheOfficer, appointmentId: made.id });
  const acts = (await api.records.sql(
    `select appointment_id from post_act where application_id = $1 and action = 'approve'`,
    [first],
  )) as { rows: object[] };
  expect(acts.rows).toEqual([{ appointment_id: made.id }]);

  api.clock.set('2026-11-26T02:00:00.000Z');
  for (const name of ['liuheOfficer', 'auditor'] as const) walk.forget(name);
  expect((await approve('liuheOfficer', third)).body.code).toBe('scope.other-unit'); // the day after
});

it('a delegation with faults is refused with all of them', async () => {
  const director = await walk.as('qingshiDirector');
  const origin = await postOf('qingshiDirector');
  expect(codesOf(await delegate(director, origin, 'qingshiDirector'))).toEqual([
    '/toStaffId appointment.self',
    '/toStaffId appointment.holder',
    '/toStaffId appointment.overlap',
  ]);
  expect(codesOf(await delegate(director, origin, 'liuheOfficer', { validTo: '2026-12-25' }))).toEqual([
    '/validTo appointment.too-long',
  ]);
  expect(codesOf(await delegate(director, origin, 'auditor', { validFrom: '2026-11-20' }))).toEqual([
    '/validFrom appointment.past',
    '/toStaffId appointment.incompatible',
  ]);
  expect(codesOf(await delegate(admin, origin, 'admin'))).toContain('/toStaffId appointment.self');
  const stranger = await api.signIn('vicePresident');
  expect((await delegate(stranger, origin, 'liuheOfficer')).status).toBe(403);
  expect((await delegate(admin, api.union.unionId, 'liuheOfficer')).status).toBe(404);

  const made = must(201, await delegate(director, origin, 'liuheOfficer', { validTo: '2026-12-24' })).body;
  expect(codesOf(await delegate(director, origin, 'chengguanOfficer'))).toEqual([
    '/validFrom appointment.delegated-already',
  ]);
  const deputy = await api.signIn('liuheOfficer');
  expect(codesOf(await delegate(deputy, made.id, 'chengguanOfficer'))).toEqual([' appointment.delegated-on']);

  must(200, await admin.post(`/api/v1/appointments/${origin}/end`, { validTo: '2026-11-28', reason: '调任' }));
  expect(
    codesOf(await delegate(director, origin, 'businessOfficer', { validFrom: '2026-11-29', validTo: '2026-11-29' })),
  ).toEqual(['/validTo appointment.outside']);
  const shortened = must(200, await deputy.get(`/api/v1/staff/${api.union.staff.liuheOfficer}/appointments`)).body;
  expect(shortened.items[0]).toMatchObject({ id: made.id, validTo: '2026-11-28' }); // it ends with its origin
});

it('who votes, and who is responsible, is so in person (G1, I2)', async () => {
  for (const [holder, deputy] of [
    ['qingshiMember1', 'liuheOfficer'],
    ['approval1', 'customer1'],
  ] as const) {
    expect(codesOf(await delegate(await api.signIn(holder), await postOf(holder), deputy))).toEqual([
      ' appointment.in-person',
    ]);
  }
  const officer = await api.signIn('qingshiOfficer');
  const { items } = must(200, await officer.get(`/api/v1/staff/${api.union.staff.qingshiOfficer}/appointments`)).body;
  const responsible = items.find(({ post }: { post: string }) => post === 'responsible_credit_officer');
  expect(codesOf(await delegate(officer, responsible.id, 'liuheOfficer'))).toEqual([' appointment.in-person']);
});

it('nobody is handed a post that would put him on both sides of a live loan (G1)', async () => {
  const director = await walk.as('qingshiDirector');
  const origin = await postOf('qingshiDirector');
  await walk.reviewed(await walk.investigated(await walk.accepted()));
  const refused = await delegate(director, origin, 'qingshiDeputy');
  expect(codesOf(refused)).toEqual(['/toStaffId appointment.both-sides']);
  expect(refused.body.faults[0].text.en).toMatch(/acted on at review, and would meet it again at approval/);
  must(201, await delegate(director, origin, 'qingshiAccountant'));
});

it('over authority the two reviewers stay two: neither is handed the post of the other (G1.2)', async () => {
  const head = await api.signIn('creditHead');
  expect(codesOf(await delegate(head, await postOf('creditHead'), 'vicePresident'))).toEqual([
    '/toStaffId appointment.incompatible',
  ]);
});

it.each(['qingshiDirector', 'liuheOfficer', 'admin'] as const)('%s ends a delegation early', async (who) => {
  const made = must(201, await delegate(admin, await postOf('qingshiDirector'), 'liuheOfficer')).body;
  expect((await end(await api.signIn('chengguanOfficer'), made.id)).status).toBe(403);
  expect(must(200, await end(await api.signIn(who), made.id)).body.validTo).toBe(TODAY);
  api.clock.set('2026-11-25T02:00:00.000Z');
  const { appointments } = must(200, await (await api.signIn('liuheOfficer')).get('/api/v1/me')).body;
  expect(appointments).toHaveLength(2);
});

it('of two posts alike an act is recorded under the one of its branch', async () => {
  const officer = await walk.as('qingshiOfficer2');
  const made = must(201, await delegate(officer, await postOf('qingshiOfficer2'), 'liuheOfficer')).body;
  const id = await walk.approved(await awaitingApproval());
  const deputy = await walk.as('liuheOfficer');
  const path = `/api/v1/applications/${id}/documents?kind=contract&fileName=c.pdf`;
  const paper = must(201, await deputy.upload(path, 'application/pdf', Buffer.from('%PDF-1.7\n%%EOF\n'))).body.id;
  const contract = { contractNo: 'HT-1', signedOn: TODAY, conditionsMet: [], purposeDocumentId: paper };
  must(200, await walk.act('liuheOfficer', id, 'contract', contract));
  const auditor = await walk.as('auditor');
  const trail = must(200, await auditor.get(`/api/v1/audit-events?subjectId=${id}`)).body.items;
  const theirs = trail.filter(({ actorId }: { actorId: string }) => actorId === api.union.staff.liuheOfficer);
  expect(theirs.map(({ appointmentId }: { appointmentId: string }) => appointmentId)).toEqual([made.id, made.id]);
});

it('a deputy of the reviewer passes the review of the branch', async () => {
  const deputy = await walk.as('qingshiDeputy');
  must(201, await delegate(deputy, await postOf('qingshiDeputy'), 'liuheOfficer'));
  const id = await walk.investigated(await walk.accepted());
  await walk.checked(id, 'liuheOfficer');
  const passed = await walk.act('liuheOfficer', id, 'review', { checklist: complete, opinion: '资料齐全' });
  expect(must(200, passed).body.stage).toBe('deliberation');
});
