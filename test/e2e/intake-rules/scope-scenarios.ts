import type { TestApi } from '../support/api.js';
import type { Prepared, Scenario } from './scenario.js';

const at = (
  branch: NonNullable<Scenario['branch']>,
  expected: Scenario['expected'],
  prepare: (api: TestApi) => Promise<Prepared>,
): Scenario => ({
  branch,
  expected,
  prepare,
});

const person =
  (traits: Parameters<TestApi['records']['customer']>[1], more: Omit<Prepared, 'customerId'> = {}) =>
  async ({ records, union }: TestApi): Promise<Prepared> => ({
    customerId: (await records.customer(union.units.qingshi, traits)).id,
    ...more,
  });

const company = { kind: 'organisation', household: false, residence: 'urban' } as const;
const rated = (creditLevel: 'excellent' | 'good' | 'ordinary') => ({ creditLevel, creditLevelRatedOn: '2025-11-24' });
const micro = (amountFen: number) => ({ productCode: 'farmer-micro-credit', amountFen });

/** Joint-guarantee groups of `households` farmers; `related` of them are relatives of the next one. */
const jointGroup =
  (households: number, related: number) =>
  async (api: TestApi): Promise<Prepared> => {
    const { qingshi } = api.union.units;
    const members: { customer: string; household: string }[] = [];
    for (let n = 0; n < households; n += 1) {
      const { id } = await api.records.customer(qingshi, { household: false });
      members.push({ customer: id, household: await api.records.household([id]) });
    }
    await api.records.jointGuarantee(qingshi, members);
    for (let n = 0; n < related; n += 1)
      await api.records.link('relative', members[n]!.customer, members[n + 1]!.customer);
    return { customerId: members[0]!.customer, productCode: 'farmer-joint-guarantee' };
  };

export const SCOPE_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'a sole trader loan at a township branch': at(
    'qingshi',
    { 'township-products': 'BLOCK' },
    person({}, { productCode: 'sole-trader' }),
  ),
  'a sole trader loan in the county town': at(
    'chengguan',
    {},
    person({ residence: 'urban' }, { productCode: 'sole-trader' }),
  ),
  'a rural personal loan in the county town': at('chengguan', { 'county-town-products': 'BLOCK' }, person({})),
  'a company loan at a township branch': at(
    'qingshi',
    { 'township-products': 'BLOCK', 'company-at-business-department': 'BLOCK', 'repayment-to-income': 'REFER unknown' },
    person({ ...company, monthlyIncomeFen: null }, { productCode: 'company-working-capital' }),
  ),
  'a company loan at the business department': at(
    'business',
    {},
    person(company, { productCode: 'company-working-capital' }),
  ),
  'a company loan for a person': at(
    'business',
    { 'customer-kind': 'BLOCK' },
    person({}, { productCode: 'company-working-capital' }),
  ),
  'a farmer product for somebody in town': at(
    'qingshi',
    { 'rural-residence': 'BLOCK' },
    person({ residence: 'urban' }),
  ),
  'a farmer product, residence not known': at(
    'qingshi',
    { 'rural-residence': 'REFER unknown' },
    person({ residence: null }),
  ),
  'an unsecured loan to an insider': at(
    'chengguan',
    { insider: 'BLOCK' },
    person({ insiderStatus: 'insider' }, { productCode: 'personal-consumption' }),
  ),
  "an unsecured loan to an insider's relative": at(
    'chengguan',
    { insider: 'BLOCK' },
    person({ insiderStatus: 'relative' }, { productCode: 'personal-consumption' }),
  ),
  'a secured loan to an insider': at(
    'chengguan',
    {},
    person({ insiderStatus: 'insider' }, { productCode: 'personal-mortgage' }),
  ),
  'an unsecured loan, insider or not is not known': at(
    'chengguan',
    { insider: 'BLOCK unknown' },
    person({ insiderStatus: null }, { productCode: 'personal-consumption' }),
  ),
  'a branch without a responsible credit officer (I2)': at('liuhe', { 'responsible-officer': 'BLOCK' }, async (api) => {
    await api.records.sql(
      `update post_appointment set valid_to = '2026-01-01' where unit_id = $1 and post = 'responsible_credit_officer'`,
      [api.union.units.liuhe],
    );
    return { customerId: (await api.records.customer(api.union.units.liuhe)).id };
  }),
  'micro-credit without a rating': at('qingshi', { 'micro-credit-rated': 'BLOCK' }, person({}, micro(500_000))),
  'micro-credit on a rating of 25 months ago': at(
    'qingshi',
    { 'micro-credit-rated': 'BLOCK' },
    person({ creditLevel: 'good', creditLevelRatedOn: '2024-11-23' }, micro(500_000)),
  ),
  'micro-credit of exactly the excellent limit': at('qingshi', {}, person(rated('excellent'), micro(3_000_000))),
  'micro-credit above the excellent limit': at(
    'qingshi',
    { 'micro-credit-excellent': 'BLOCK' },
    person(rated('excellent'), micro(3_000_001)),
  ),
  'micro-credit above the good limit': at(
    'qingshi',
    { 'micro-credit-good': 'BLOCK' },
    person(rated('good'), micro(2_000_001)),
  ),
  'micro-credit above the ordinary limit': at(
    'qingshi',
    { 'micro-credit-ordinary': 'BLOCK' },
    person(rated('ordinary'), micro(1_000_001)),
  ),
  'micro-credit that the household has used up': at('qingshi', { 'micro-credit-ordinary': 'BLOCK' }, async (api) => {
    const { qingshi } = api.union.units;
    const { id } = await api.records.customer(qingshi, rated('ordinary'));
    await api.records.loan({ customer: id, branch: qingshi, productCode: 'farmer-micro-credit', balanceFen: 600_000 });
    return { customerId: id, ...micro(400_001) };
  }),
  'micro-credit beside a loan of a product that nobody knows': at(
    'qingshi',
    { 'micro-credit-ordinary': 'REFER unknown' },
    async (api) => {
      const { qingshi } = api.union.units;
      const { id } = await api.records.customer(qingshi, rated('ordinary'));
      await api.records.loan({ customer: id, branch: qingshi, productCode: 'MC-OLD', balanceFen: 600_000 });
      return { customerId: id, ...micro(400_001) };
    },
  ),
  'two joint-guarantee groups at once': at('qingshi', { 'joint-guarantee-size': 'REFER unknown' }, async (api) => {
    const prepared = await jointGroup(5, 0)(api);
    const { id } = await api.records.customer(api.union.units.qingshi, { household: false });
    const household = await api.records.household([prepared.customerId]);
    await api.records.jointGuarantee(api.union.units.qingshi, [
      { customer: prepared.customerId, household },
      { customer: id, household: await api.records.household([id]) },
    ]);
    return prepared;
  }),
  'a joint-guarantee group of four': at('qingshi', { 'joint-guarantee-size': 'BLOCK' }, jointGroup(4, 0)),
  'a joint-guarantee group of five': at('qingshi', {}, jointGroup(5, 0)),
  'a joint-guarantee group of ten': at('qingshi', {}, jointGroup(10, 0)),
  'a joint-guarantee group of eleven': at('qingshi', { 'joint-guarantee-size': 'BLOCK' }, jointGroup(11, 0)),
  'relatives in one joint-guarantee group': at('qingshi', { 'joint-guarantee-family': 'BLOCK' }, jointGroup(5, 1)),
  'no joint-guarantee group': at(
    'qingshi',
    { 'joint-guarantee-size': 'BLOCK' },
    person({}, { productCode: 'farmer-joint-guarantee' }),
  ),
};
