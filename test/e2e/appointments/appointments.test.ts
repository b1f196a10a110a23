import type { Post } from '#libs/domain/post.js';
import type { StaffName, UnitName } from '#libs/testing/test-union.js';
import { TestApi, TODAY } from '../support/api.js';
import { must } from '../support/journey.js';
import type { Session } from '../support/session.js';

let api: TestApi;
let admin: Session;
beforeEach(async () => {
  api = await TestApi.start();
  admin = await api.signIn('admin');
});
afterEach(() => api.stop());

const appointment = (staff: StaffName, unit: UnitName, post: Post, change: object = {}) => ({
  staffId: api.union.staff[staff],
  unitId: api.union.units[unit],
  post,
  validFrom: TODAY,
  basis: '联社聘任文件12号',
  ...change,
});
const appoint = (...given: Parameters<typeof appointment>) => admin.post('/api/v1/appointments', appointment(...given));
const codesOf = ({ body }: { body: { faults: { path: string; code: string }[] } }) =>
  body.faults.map(({ path, code }) => `${path} ${code}`);
const postsOf = async (session: Session) =>
  must(200, await session.get('/api/v1/me')).body.appointments.map(({ post }: { post: Post }) => post);
const end = (id: string, validTo = TODAY, who = admin) =>
  who.post(`/api/v1/appointments/${id}/end`, { validTo, reason: '另有任用' });
const ofStaff = async (name: StaffName) =>
  must(200, await admin.get(`/api/v1/staff/${api.union.staff[name]}/appointments`)).body.items;

it('what a person may do follows from the appointment, from its first day to its last', async () => {
  const clerk = await api.signIn('maker');
  const made = must(201, await appoint('maker', 'audit', 'reporter', { validFrom: '2026-11-25' }));
  expect(made.body).toMatchObject({ post: 'reporter', validTo: null, delegatedFromId: null });
  expect(await postsOf(clerk)).toEqual(['compliance_maker']);
  api.clock.set('2026-11-25T02:00:00.000Z');
  const next = await api.signIn('maker');
  expect(await postsOf(next)).toEqual(['compliance_maker', 'reporter']);
  admin = await api.signIn('admin');
  expect(must(200, await end(made.body.id, '2026-11-26')).body).toMatchObject({
    validTo: '2026-11-26',
    endReason: '另有任用',
  });
  api.clock.set('2026-11-26T02:00:00.000Z');
  expect(await postsOf(await api.signIn('maker'))).toEqual(['compliance_maker', 'reporter']);
  api.clock.set('2026-11-27T02:00:00.000Z');
  expect(await postsOf(await api.signIn('maker'))).toEqual(['compliance_maker']);
  const auditor = await api.signIn('auditor');
  const trail = must(200, await auditor.get(`/api/v1/audit-events?subjectId=${made.body.id}`)).body.items;
  expect(trail.map(({ action }: { action: string }) => action)).toEqual(['appointment.end', 'appointment.make']);
});

it('only the administrator appoints, and never himself (G1)', async () => {
  const president = await api.signIn('president');
  expect((await president.post('/api/v1/appointments', appointment('maker', 'audit', 'reporter'))).status).toBe(403);
  const own = await appoint('admin', 'headOffice', 'reporter');
  expect(own.body).toMatchObject({ status: 400, code: 'appointment.refused', clause: 'G1' });
  expect(codesOf(own)).toEqual(['/staffId appointment.self']);
  await expect(
    api.records.sql(
      `insert into post_appointment (id, union_id, staff_id, unit_id, post, valid_from, basis, appointed_by_id)
       select gen_random_uuid(), union_id, staff_id, unit_id, 'reporter', valid_from, 'x', staff_id from post_appointment where post = 'system_administrator'`,
      [],
    ),
  ).rejects.toThrow(/post_appointment_by_another/);
});

it('an appointment with faults is refused with all of them', async () => {
  await api.records.sql(`update org_unit set closed_on = '2026-12-31' where id = $1`, [api.union.units.liuhe]);
  await api.records.sql(`update staff set left_on = '2026-12-01' where id = $1`, [api.union.staff.customer1]);
  expect(
    codesOf(await appoint('customer1', 'liuhe', 'president', { validFrom: '2026-11-23', validTo: '2026-11-22' })),
  ).toEqual(['/validFrom appointment.past', '/validTo input.dates', '/post appointment.place']);
  expect(codesOf(await appoint('customer1', 'liuhe', 'deputy_director'))).toEqual([
    '/staffId staff.left',
    '/unitId unit.closed',
  ]);
  expect(codesOf(await appoint('qingshiDeputy', 'qingshi', 'deputy_director'))).toEqual([
    '/staffId appointment.overlap',
  ]);
  const nobody = await appoint('maker', 'audit', 'reporter', { staffId: api.union.unionId, unitId: api.union.unionId });
  expect(codesOf(nobody)).toEqual(['/staffId input.no-such-record', '/unitId input.no-such-record']);
  must(201, await appoint('customer1', 'liuhe', 'deputy_director', { validTo: '2026-12-01' }));
});

it.each<[StaffName, UnitName, Post, RegExp | null]>([
  ['maker', 'audit', 'compliance_checker', /M3/],
  ['qingshiDeputy', 'headOffice', 'system_administrator', /G1/],
  ['auditor', 'headOffice', 'approval_group_member', /M3/],
  ['qingshiAccountant', 'qingshi', 'field_credit_officer', /G1/],
  ['qingshiAccountant', 'liuhe', 'field_credit_officer', null],
  ['vicePresident', 'headOffice', 'head_of_credit_department', /G1\.2/],
  ['creditHead', 'headOffice', 'approval_group_member', null],
])('posts that one person may hold at once, and may not: %s at %s as %s', async (name, unit, post, refused) => {
  const answer = await appoint(name, unit, post);
  if (refused === null) return void must(201, answer);
  expect(codesOf(answer)).toEqual(['/staffId appointment.incompatible']);
  expect(answer.body.faults[0].text.en).toMatch(refused);
  const { staff, units } = api.union;
  await expect(api.records.appoint(staff[name], units[unit], post)).rejects.toThrow(/incompatible/);
});

it('posts that follow each other are not held at once', async () => {
  const [{ id }] = await ofStaff('maker');
  must(200, await end(id, '2026-11-30'));
  expect(codesOf(await appoint('maker', 'audit', 'compliance_checker', { validFrom: '2026-11-30' }))).toEqual([
    '/staffId appointment.incompatible',
  ]);
  must(201, await appoint('maker', 'audit', 'compliance_checker', { validFrom: '2026-12-01' }));
});

it('of two incompatible posts given in the same moment one is', async () => {
  await api.records.sql(`update post_appointment set valid_to = '2026-11-23' where staff_id = $1`, [
    api.union.staff.maker,
  ]);
  const answers = await Promise.all([
    appoint('maker', 'audit', 'compliance_maker'),
    appoint('maker', 'audit', 'compliance_checker'),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 400]);
});

it('an appointment ends today at the earliest, and what has not begun never does', async () => {
  const [{ id }] = await ofStaff('qingshiDeputy');
  expect(codesOf(await end(id, '2026-11-23'))).toEqual(['/validTo appointment.past']);
  must(200, await end(id));
  expect(codesOf(await end(id, '2026-11-25'))).toEqual(['/validTo appointment.ends-earlier']);
  const deputy = await api.signIn('qingshiDeputy');
  expect((await end(id, TODAY, deputy)).status).toBe(403);
  expect(await postsOf(deputy)).toEqual(['deputy_director']); // to the end of its last day

  const future = must(201, await appoint('maker', 'audit', 'reporter', { validFrom: '2027-01-01' })).body.id;
  expect(must(200, await end(future)).body).toMatchObject({ validFrom: '2027-01-01', validTo: '2026-12-31' });
  api.clock.set('2027-01-01T02:00:00.000Z');
  expect(await postsOf(await api.signIn('maker'))).toEqual(['compliance_maker']);
  admin = await api.signIn('admin');
  must(201, await appoint('maker', 'audit', 'reporter', { validFrom: '2027-01-01' }));
});

it('somebody is hired, appointed and departs: posts end that day, sessions at once', async () => {
  const hire = (change: object = {}) =>
    admin.post('/api/v1/staff', {
      staffNo: 'N-1',
      name: '新员工',
      homeUnitId: api.union.units.liuhe,
      joinedOn: '2026-11-25',
      ...change,
    });
  const { id } = must(201, await hire()).body;
  const again = await hire({ homeUnitId: api.union.unionId, customerId: api.union.unionId });
  expect(codesOf(again)).toEqual([
    '/homeUnitId input.no-such-record',
    '/customerId input.no-such-record',
    '/staffNo staff.number-taken',
  ]);
  expect(codesOf(await appoint('maker', 'liuhe', 'deputy_director', { staffId: id }))).toEqual([
    '/validFrom staff.not-joined',
  ]);
  must(201, await appoint('maker', 'liuhe', 'deputy_director', { staffId: id, validFrom: '2026-11-25' }));

  const director = await api.signIn('qingshiDirector');
  const depart = (who: string, leftOn: string) => admin.post(`/api/v1/staff/${who}/departure`, { leftOn });
  const { qingshiDirector, qingshiDeputy } = api.union.staff;
  expect(codesOf(await depart(qingshiDirector, '2026-11-23'))).toEqual(['/leftOn staff.departure-date']);
  expect(must(200, await depart(qingshiDirector, TODAY)).body).toMatchObject({ leftOn: TODAY, appointmentsEnded: 1 });
  expect((await depart(qingshiDirector, TODAY)).body.code).toBe('staff.left');
  expect((await director.get('/api/v1/me')).status).toBe(401);
  expect((await ofStaff('qingshiDirector'))[0]).toMatchObject({ validTo: TODAY, endReason: '离职' });
  const deputy = await api.signIn('qingshiDeputy');
  must(200, await depart(qingshiDeputy, '2026-11-25'));
  expect((await deputy.get('/api/v1/me')).status).toBe(200); // a day of service is left
  api.clock.set('2026-11-26T01:00:00.000Z');
  expect((await (await api.signIn('qingshiDeputy')).get('/api/v1/me')).status).toBe(401);
});

it('the union never loses its last administrator', async () => {
  const [{ id }] = await ofStaff('admin');
  expect((await end(id)).body).toMatchObject({ status: 409, code: 'appointment.last-administrator' });
  const leave = () => admin.post(`/api/v1/staff/${api.union.staff.admin}/departure`, { leftOn: TODAY });
  expect((await leave()).body.code).toBe('appointment.last-administrator');
  must(201, await appoint('maker', 'headOffice', 'system_administrator', { validFrom: '2026-11-25' }));
  must(200, await end(id));
});

it('head office sees the staff page by page, a branch its own', async () => {
  const seen: string[] = [];
  for (let cursor = ''; ; ) {
    const page = must(200, await admin.get(`/api/v1/staff?limit=9${cursor}`)).body;
    seen.push(...page.items.map(({ staffNo }: { staffNo: string }) => staffNo));
    if (page.nextCursor === null) break;
    cursor = `&cursor=${page.nextCursor}`;
  }
  expect([...seen].sort()).toEqual(Object.keys(api.union.staff).sort());
  const officer = await api.signIn('liuheOfficer');
  const { items } = must(200, await officer.get('/api/v1/staff')).body;
  expect(items).toMatchObject([
    {
      staffNo: 'liuheOfficer',
      appointments: [{ post: 'field_credit_officer' }, { post: 'responsible_credit_officer' }],
    },
  ]);
  const history = (name: StaffName) => officer.get(`/api/v1/staff/${api.union.staff[name]}/appointments`);
  must(200, await history('liuheOfficer'));
  expect((await history('qingshiOfficer')).status).toBe(404);
  const other = await api.anotherUnion('OTHER');
  expect((await admin.get(`/api/v1/staff/${other.staff.maker}/appointments`)).status).toBe(404);
  expect(codesOf(await appoint('maker', 'audit', 'reporter', { staffId: other.staff.maker }))).toEqual([
    '/staffId input.no-such-record',
  ]);
});
