import { dailySweep } from '#apps/worker/daily-sweep.js';
import { writeWorkbook, XLSX_TYPE } from '#libs/platform/xlsx/write-workbook.js';
import { TestApi } from './support/api.js';
import { must, takeIn } from './support/journey.js';
import type { Session } from './support/session.js';

let api: TestApi;
let head: Session;
let president: Session;
beforeEach(async () => {
  api = await TestApi.start();
  head = await api.signIn('creditHead');
  president = await api.signIn('president');
});
afterEach(() => api.stop());

const PERIOD = { periodFrom: '2026-12-01', periodTo: '2027-11-30' };
const query = '?from=2026-12-01&to=2027-11-30';
const branches = () => (['qingshi', 'liuhe', 'chengguan', 'business'] as const).map((name) => api.union.units[name]);
const given = (change: Record<string, object> = {}) =>
  branches().map((branchId) => ({
    branchId,
    examsPassedPercent: 100,
    lateInspections: 0,
    auditFindings: 0,
    ...change[branchId],
  }));
const rate = (change: Record<string, object> = {}) =>
  head.post('/api/v1/branch-ratings', { ...PERIOD, given: given(change) });
const set = (csv: string, who = president) =>
  who.upload(
    `/api/v1/authority-tables${query}&basis=${encodeURIComponent('联社文件1号')}`,
    'text/csv',
    Buffer.from(csv),
  );
const setWorkbook = async (csv: string) => {
  const rows = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const bytes = await writeWorkbook([
    { name: '授权', rows: rows.map((row) => row.map((cell) => (/^\d+\.00$/.test(cell) ? Number(cell) : cell))) },
  ]);
  return president.upload(`/api/v1/authority-tables${query}&basis=x`, XLSX_TYPE, bytes);
};
const proposal = async () => must(200, await head.get(`/api/v1/authority-tables/proposal${query}`)).text;
const routeAt = async (when: string, amountFen: number) => {
  api.clock.set(when);
  const officer = await api.signIn('qingshiOfficer');
  const { id } = await api.records.customer(api.union.units.qingshi, { monthlyIncomeFen: 50_000_000 });
  const decided = await takeIn(officer, { branchId: api.union.units.qingshi, customerId: id, amountFen });
  const auditor = await api.signIn('auditor');
  return must(200, await auditor.get(`/api/v1/applications/${decided.body.applicationId}/case`)).body.route;
};

it('ratings propose, people decide, figures stay with the decision, and authority lapses with its period (G2)', async () => {
  const { qingshi, liuhe, chengguan } = api.union.units;
  for (const unit of [qingshi, liuhe]) await api.records.authority(unit, 'rural_personal', 10_000_000);
  const customer = await api.records.customer(liuhe);
  await api.records.loan({ customer: customer.id, branch: liuhe, balanceFen: 900 });
  await api.records.loan({ customer: customer.id, branch: liuhe, balanceFen: 48, fiveTier: 'doubtful' });
  const rated = must(201, await rate({ [liuhe]: { lateInspections: 3, auditFindings: 1 }, [qingshi]: {} })).body.items;
  const of = (id: string) => rated.find(({ branchId }: { branchId: string }) => branchId === id);
  expect(of(qingshi)).toMatchObject({ grade: 'A', proposed: { rural_personal: 12_000_000, farmer_micro_credit: 0 } });
  expect(of(liuhe)).toMatchObject({
    grade: 'D',
    figures: { balanceFen: 948, nonPerformingFen: 48, responsibleOfficers: 1, lateInspections: 3 },
    proposed: { rural_personal: 0 },
  });
  expect(of(chengguan).grade).toBe('A');

  const csv = await proposal();
  expect(csv.split('\n')[0]).toBe('branch,category,from,to,limitYuan');
  expect(csv).toMatch(/rural_personal,2026-12-01,2027-11-30,120000\.00/);
  const decided = csv.replace('120000.00', '110000.00'); // people may decide otherwise
  expect((await set(decided, head)).status).toBe(403);
  expect(must(201, await set(csv.replace('120000.00', '1200000.00'))).body.limits).toBe(9); // a nought too many
  expect(must(201, await setWorkbook(decided)).body.limits).toBe(9);
  expect(must(201, await set(decided)).body).toMatchObject({ validFrom: '2026-12-01', limits: 9, ratings: 4 });

  expect(await routeAt('2026-11-30T02:00:00.000Z', 10_000_000)).toBe('within'); // the old limit to its last day
  expect(await routeAt('2026-12-01T02:00:00.000Z', 11_000_000)).toBe('within');
  expect(await routeAt('2026-12-01T03:00:00.000Z', 11_000_001)).toBe('over');
  await expect(api.records.sql(`update authority_limit set limit_fen = 1`, [])).rejects.toThrow(/permission denied/);
  await expect(api.records.sql(`update authority_limit set valid_to = '2030-01-01'`, [])).rejects.toThrow(
    /end earlier/,
  );
  president = await api.signIn('president');
  const today = `/api/v1/authority-tables?from=2026-12-01&to=2027-11-30&basis=x`;
  expect((await president.upload(today, 'text/csv', Buffer.from(decided))).body).toMatchObject({
    status: 409,
    code: 'table.period-taken',
  });
  head = await api.signIn('creditHead');
  expect(must(200, await head.get('/api/v1/authority-tables')).body.items).toHaveLength(3);
  const officer = await api.signIn('liuheOfficer');
  const seen = must(200, await officer.get(`/api/v1/branch-ratings${query}`)).body.items;
  expect(seen.map(({ branchId }: { branchId: string }) => branchId)).toEqual([liuhe]); // a branch sees its own
  expect((await officer.get(`/api/v1/authority-tables/proposal${query}`)).status).toBe(403);
});

it('authority ends with its period: the day after, every loan goes over', async () => {
  await api.records.authority(api.union.units.qingshi, 'rural_personal', 10_000_000);
  await api.records.sql(`update authority_limit set valid_to = '2026-11-24'`, []);
  expect(await routeAt('2026-11-24T02:00:00.000Z', 1_000_000)).toBe('within');
  expect(await routeAt('2026-11-25T02:00:00.000Z', 1_000_000)).toBe('over');
});

it('a table with faults is refused with all of them, and nothing of it is kept', async () => {
  expect((await set('not,a,table\n1,2,3\n')).body.faults).toMatchObject([{ code: 'table.unreadable' }]);
  expect((await rate()).status).toBe(201);
  const lines = (await proposal()).trim().split('\n');
  const broken = [...lines.slice(0, 3), lines[3]!.replace('0.00', 'many'), ...lines.slice(4)].join('\n');
  expect((await set(broken)).body.faults).toMatchObject([{ path: '/rows/2/limitYuan', code: 'table.cell' }]);
  const gap = lines.slice(0, -1).join('\n');
  expect((await set(gap)).body.faults).toMatchObject([{ path: '/rows', code: 'table.gap' }]);
  api.clock.set('2026-12-02T02:00:00.000Z');
  president = await api.signIn('president');
  expect((await set(lines.join('\n'))).body.faults).toMatchObject([{ path: '/from', code: 'table.past' }]);
  expect(must(200, await president.get('/api/v1/authority-tables')).body.items).toEqual([]);
});

it('no authority without ratings, and no rating without every branch', async () => {
  const empty = await proposal();
  expect((await set(empty)).body).toMatchObject({ status: 422, code: 'table.unrated' });
  const some = await head.post('/api/v1/branch-ratings', { ...PERIOD, given: given().slice(1) });
  expect(some.body.faults).toMatchObject([{ path: '/given', code: 'rating.branch-missing' }]);
  const twice = await head.post('/api/v1/branch-ratings', { ...PERIOD, given: [...given(), given()[0]] });
  expect(twice.body.faults).toMatchObject([{ path: '/given/4/branchId' }]);
});

it('a limit that has run out suspends nobody, and the sweep fails for everybody to hear', async () => {
  const { liuhe } = api.union.units;
  const { id: customer } = await api.records.customer(liuhe);
  await api.records.loan({ customer, branch: liuhe, balanceFen: 1000, fiveTier: 'loss' });
  await api.asOwner((owner) =>
    owner.query(
      `update policy_parameter set valid_to = '2026-11-23' where key = 'policy.branchNonPerformingLimitPercent'`,
    ),
  );
  await expect(dailySweep(api.services, 'sweep')).rejects.toThrow(/branchNonPerformingLimitPercent is missing/);
  expect(must(200, await head.get('/api/v1/authority-suspensions')).body.items).toEqual([]);
});

it('a sub-branch that lends is rated, given its limits and suspended like a branch', async () => {
  const { liuhe } = api.union.units;
  const { id: customer } = await api.records.customer(liuhe);
  const id = '01a00000-0000-7000-8000-000000000001';
  await api.records.sql(
    `insert into org_unit (id, union_id, parent_id, kind, code, name, location) values ($1, $2, $3, 'sub_branch', 'liuhe-1', '柳河分社', 'township')`,
    [id, api.union.unionId, liuhe],
  );
  await api.records.loan({ customer, branch: id, balanceFen: 1000, fiveTier: 'loss' });
  expect((await rate()).body.faults).toMatchObject([{ path: '/given', code: 'rating.branch-missing' }]);
  expect((await dailySweep(api.services, 'sweep')).suspended).toBe(1);
  const own = { branchId: id, examsPassedPercent: 100, lateInspections: 0, auditFindings: 0 };
  must(201, await head.post('/api/v1/branch-ratings', { ...PERIOD, given: [...given(), own] }));
  expect(await proposal()).toMatch(/liuhe-1,rural_personal/);
});

it('a branch over its non-performing limit has no authority from the next day on, until it is lifted (G2)', async () => {
  const { qingshi } = api.union.units;
  await api.records.authority(qingshi, 'rural_personal', 10_000_000);
  const owner = await api.records.customer(qingshi);
  await api.records.loan({ customer: owner.id, branch: qingshi, balanceFen: 9_500 });
  const bad = await api.records.loan({ customer: owner.id, branch: qingshi, balanceFen: 500, fiveTier: 'loss' });
  expect(await dailySweep(api.services, 'sweep-1')).toMatchObject({ suspended: 0 }); // exactly 5 %
  await api.records.sql('update loan set balance_fen = 501 where id = $1', [bad]);
  const both = await Promise.all([dailySweep(api.services, 'sweep-2'), dailySweep(api.services, 'sweep-2')]);
  expect(both.map(({ suspended }) => suspended).sort()).toEqual([0, 1]);
  expect(await routeAt('2026-11-24T08:00:00.000Z', 1_000_000)).toBe('within');
  expect(await routeAt('2026-11-25T02:00:00.000Z', 1_000_000)).toBe('over');

  president = await api.signIn('president');
  const [standing] = must(200, await president.get('/api/v1/authority-suspensions')).body.items;
  expect(standing).toMatchObject({ branchId: qingshi, suspendedFrom: '2026-11-25', nonPerformingFen: 501 });
  const lift = () => president.post(`/api/v1/authority-suspensions/${standing.id}/lifting`, { reason: '已收回' });
  expect((await lift()).body).toMatchObject({ status: 422, code: 'suspension.still-over' });
  await api.records.sql('update loan set balance_fen = 400 where id = $1', [bad]);
  expect(must(200, await lift()).body.liftedOn).toBe('2026-11-26');
  expect((await lift()).status).toBe(404);
  expect(await routeAt('2026-11-25T08:00:00.000Z', 1_000_000)).toBe('over');
  expect(await routeAt('2026-11-26T02:00:00.000Z', 1_000_000)).toBe('within');
});
