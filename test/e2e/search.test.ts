import { TestApi } from './support/api.js';
import { must } from './support/journey.js';
import type { Session } from './support/session.js';

let api: TestApi;
let officer: Session;
beforeAll(async () => {
  api = await TestApi.start();
  officer = await api.signIn('liuheOfficer');
});
afterAll(() => api.stop());

const search = async (terms: object) =>
  must(200, await officer.post('/api/v1/in-house-searches', { purpose: '贷款受理', ...terms })).body;
const idsOf = (reply: { customers: { customerId: string }[] }) =>
  reply.customers.map(({ customerId }) => customerId).sort();

describe('the full in-house search (全数据库检索)', () => {
  it('finds a customer of another branch with loans, swapped-out ones too, guarantees and live applications', async () => {
    const { qingshi, chengguan } = api.union.units;
    const { id, identityNumber } = await api.records.customer(qingshi, { name: '赵查询' });
    const debtor = await api.records.customer(chengguan);
    await api.records.loan({ customer: id, branch: qingshi });
    await api.records.loan({ customer: id, branch: chengguan, kind: 'written_off', fiveTier: 'loss' });
    await api.records.loan({ customer: id, branch: chengguan, kind: 'central_bank_swap', fiveTier: 'loss' });
    await api.records.guaranteeOf(
      id,
      await api.records.loan({ customer: debtor.id, branch: chengguan, fiveTier: 'doubtful' }),
    );
    await api.records.liveApplication(id, qingshi);
    const reply = await search({ identityNumber });
    expect(reply.searched).toEqual({
      branches: 4,
      by: ['identityNumber'],
      over: ['loans', 'written-off loans', 'swapped-out loans', 'guarantees', 'live applications', 'household members'],
    });
    expect(reply.searchedAt).toBe('2026-11-24T02:00:00.000Z');
    const [found] = reply.customers;
    expect(found).toMatchObject({ customerId: id, name: '赵查询', homeUnit: '青石信用社', foundBy: ['identity'] });
    expect(found.loans.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
      'central_bank_swap',
      'own',
      'written_off',
    ]);
    expect(found.guarantees).toMatchObject([{ class: 'doubtful', status: 'outstanding' }]);
    expect(found.applications).toMatchObject([{ stage: 'intake', branch: '青石信用社' }]);
    expect(JSON.stringify(reply)).not.toContain(identityNumber);
  });

  it('an old number of 15 digits finds the customer registered with 18', async () => {
    const { qingshi } = api.union.units;
    const teller = await api.signIn('qingshiOfficer');
    const body = { kind: 'person', name: '张三', identityNumber: '11010519491231002X', homeUnitId: qingshi };
    const { id } = must(201, await teller.post('/api/v1/customers', body)).body;
    expect(idsOf(await search({ identityNumber: '110105491231002' }))).toEqual([id]);
  });

  it('finds by name and birth date, by phone however it is written, and by household', async () => {
    const { qingshi } = api.union.units;
    const [one, other] = [
      await api.records.customer(qingshi, { name: '钱同户', phone: '13655556666', household: false }),
      await api.records.customer(qingshi, { household: false }),
    ];
    await api.records.household([one.id, other.id], '2015-01-01', 'H-SEARCH');
    const { identityNumber: number } = one;
    const birthDate = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
    const both = [one.id, other.id].sort();
    expect(idsOf(await search({ name: '钱同户', birthDate }))).toEqual(both); // household members come along
    expect(idsOf(await search({ phone: '136-5555 6666' }))).toEqual(both);
    expect(idsOf(await search({ householdCode: 'H-SEARCH' }))).toEqual(both);
  });

  it('somebody who is not there is said not to be there', async () => {
    const reply = await search({ identityNumber: '440524188001010014' });
    expect(reply.customers).toEqual([]);
    expect(reply.searched.branches).toBe(4);
  });

  it.each([
    ['nothing to search by', {}],
    ['a name without a birth date', { name: '张三' }],
    ['a number with a wrong check character', { identityNumber: '110105194912310021' }],
    ['no purpose', { phone: '13655556666', purpose: '' }],
  ])('%s is refused', async (_, terms) => {
    const answer = await officer.post('/api/v1/in-house-searches', { purpose: '受理', ...terms });
    expect(answer.status).toBe(400);
    expect(answer.body.faults.length).toBeGreaterThan(0);
  });

  it('is kept in the audit trail with its purpose, and without the number', async () => {
    await search({ identityNumber: '440524188001010014', purpose: '复查' });
    const { rows } = (await api.records.sql(
      `select after from audit_event where action = 'search.in-house' order by id desc limit 1`,
      [],
    )) as { rows: object[] };
    expect(rows).toEqual([{ after: { purpose: '复查', by: ['identityNumber'], found: [] } }]);
  });
});
