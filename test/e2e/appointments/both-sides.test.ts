import type { Post } from '#libs/domain/post.js';
import type { StaffName, UnitName } from '#libs/testing/test-union.js';
import { LIMIT, Walk } from '../five-posts/walk.js';
import { TestApi, TODAY } from '../support/api.js';
import { must, submitted } from '../support/journey.js';
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

const appoint = (staffId: string, unit: UnitName, post: Post) =>
  admin.post('/api/v1/appointments', {
    staffId,
    unitId: api.union.units[unit],
    post,
    validFrom: TODAY,
    validTo: '2026-12-31',
    basis: '联社聘任文件12号',
  });
const asked = (name: StaffName, unit: UnitName, post: Post) => appoint(api.union.staff[name], unit, post);
const faultsOf = ({ body }: { body: { faults: { code: string; text: { en: string } }[] } }) =>
  body.faults.map(({ code, text }) => `${code}: ${text.en}`);
const fileNo = async (id: string): Promise<string> => {
  const auditor = await walk.as('auditor');
  return must(200, await auditor.get(`/api/v1/applications/${id}`)).body.fileNo;
};
/** Appointments that were made are taken back, so that the next one stands alone. */
const takenBack = async (answer: { status: number; body: { id: string } }) => {
  const end = `/api/v1/appointments/${answer.body.id}/end`;
  must(200, await admin.post(end, { validTo: TODAY, reason: 'test' }));
  return answer.status;
};

it('who investigated a live loan comes to no desk that it has still to pass (G1)', async () => {
  const id = await walk.investigated(await walk.accepted());
  const file = await fileNo(id);
  const meets = (side: string) => [
    `appointment.both-sides: application ${file}: acted on at lending, and would meet it again at ${side} (G1)`,
  ];
  expect(faultsOf(await asked('qingshiOfficer', 'qingshi', 'deputy_director'))).toEqual(meets('review'));
  expect(faultsOf(await asked('qingshiOfficer', 'qingshi', 'branch_director'))).toEqual(meets('approval'));
  expect(faultsOf(await asked('qingshiOfficer', 'qingshi', 'deliberation_group_member'))).toEqual(
    meets('deliberation'),
  );
  expect(faultsOf(await asked('qingshiOfficer', 'headOffice', 'legal_adviser'))).toEqual(meets('legal signature'));
  expect(faultsOf(await asked('qingshiOfficer', 'headOffice', 'head_of_credit_department'))).toEqual(meets('release'));
  // Another branch's desk, and head office's on another route, never meet it.
  expect(await takenBack(must(201, await asked('qingshiOfficer', 'liuhe', 'deputy_director')))).toBe(201);
  expect(await takenBack(must(201, await asked('qingshiOfficer', 'headOffice', 'president')))).toBe(201);
  // Over authority it would have met that desk.
  const over = await walk.investigated(await walk.accepted(LIMIT + 1), 'over');
  expect(faultsOf(await asked('customer1', 'headOffice', 'president'))).toEqual([
    `appointment.both-sides: application ${await fileNo(over)}: acted on at lending, and would meet it again at approval (G1)`,
  ]);
});

it('who reviewed neither approves nor pays out, until the loan is no longer alive', async () => {
  const id = await walk.reviewed(await walk.investigated(await walk.accepted()));
  const approver = () => asked('qingshiDeputy', 'qingshi', 'branch_director');
  expect(faultsOf(await approver())).toHaveLength(1);
  expect(faultsOf(await asked('qingshiDeputy', 'qingshi', 'accounting_supervisor'))[0]).toMatch(/again at release/);
  const officer = await walk.as('qingshiOfficer');
  const withdrawal = `/api/v1/applications/${id}/withdrawal`;
  must(200, await officer.post(withdrawal, { reason: '客户要求' }, { ifMatch: await walk.version(id) }));
  must(201, await approver());
});

it('a desk that the loan has passed is free, and another officer of the branch too', async () => {
  const id = await walk.reviewed(await walk.investigated(await walk.accepted()));
  await walk.approved(await walk.deliberated(id));
  expect(faultsOf(await asked('qingshiOfficer', 'qingshi', 'accounting_supervisor'))).toContainEqual(
    expect.stringMatching(/again at release/),
  );
  expect((await asked('qingshiOfficer', 'qingshi', 'deputy_director')).status).toBe(201);
  expect((await asked('qingshiOfficer2', 'qingshi', 'branch_director')).status).toBe(201);
});

it('whoever handled the loan does not sign that it is lawful, however he came to the post (G1, G4)', async () => {
  const id = await walk.approved(
    await walk.deliberated(await walk.reviewed(await walk.investigated(await walk.accepted()))),
  );
  expect(faultsOf(await asked('qingshiDeputy', 'headOffice', 'legal_adviser'))[0]).toMatch(/again at legal signature/);
  await api.records.appoint(api.union.staff.qingshiDeputy, api.union.units.headOffice, 'legal_adviser');
  const sign = { documentSetHash: '0'.repeat(64), outcome: 'signed', opinion: '合法' };
  const answer = await walk.act('qingshiDeputy', id, 'legal-signatures', sign);
  expect(answer.body).toMatchObject({ status: 403, code: 'post.acted-at-another', clause: 'G1' });
});

it('who took an application in is on a side already; every file is named, twenty at most', async () => {
  const { qingshi } = api.union.units;
  const officer = await walk.as('qingshiOfficer');
  for (let count = 0; count < 22; count += 1) {
    const { id: customerId } = await api.records.customer(qingshi);
    await submitted(officer, { branchId: qingshi, customerId });
  }
  const faults = faultsOf(await asked('qingshiOfficer', 'qingshi', 'deputy_director'));
  expect(faults).toHaveLength(21);
  expect(new Set(faults).size).toBe(21);
  expect(faults[20]).toBe('appointment.more-loans: and 2 more applications');
});

it('nobody comes to the desk of a loan that he asks for or guarantees (商业银行法 §40)', async () => {
  const { qingshi } = api.union.units;
  const hired = async (staffNo: string, customerId: string): Promise<string> => {
    const given = { staffNo, name: staffNo, homeUnitId: qingshi, joinedOn: TODAY, customerId };
    return must(201, await admin.post('/api/v1/staff', given)).body.id;
  };
  const applicant = await api.records.customer(qingshi);
  const guarantor = await api.records.customer(qingshi);
  const branchId = qingshi;
  const traits = { branchId, customerId: applicant.id, guarantorIds: [guarantor.id] };
  const file = await fileNo(await submitted(await walk.as('qingshiOfficer'), traits));
  expect(faultsOf(await appoint(await hired('N-1', applicant.id), 'qingshi', 'field_credit_officer'))).toEqual([
    `appointment.own-loan: application ${file}: is its applicant, and would meet it at lending (Commercial Bank Law §40)`,
  ]);
  const backer = await hired('N-2', guarantor.id);
  expect(faultsOf(await appoint(backer, 'qingshi', 'branch_director'))).toEqual([
    `appointment.own-loan: application ${file}: is its guarantor, and would meet it at approval (Commercial Bank Law §40)`,
  ]);
  must(201, await appoint(backer, 'liuhe', 'branch_director'));
  const twice = { staffNo: 'N-3', name: 'N-3', homeUnitId: qingshi, joinedOn: TODAY, customerId: guarantor.id };
  expect((await admin.post('/api/v1/staff', twice)).body.faults).toMatchObject([{ code: 'staff.employed' }]);
});
