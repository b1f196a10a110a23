import type { TestApi } from '../support/api.js';
import type { Prepared, Scenario } from './scenario.js';

const scenario = (expected: Scenario['expected'], prepare: (api: TestApi) => Promise<Prepared>): Scenario => ({
  expected,
  prepare,
});

const farmer = async ({ records, union }: TestApi): Promise<string> => (await records.customer(union.units.qingshi)).id;

/** A farmer who owes one loan of the kind given, at the branch applied to. */
const owing = (expected: Scenario['expected'], loan: object): Scenario =>
  scenario(expected, async (api) => {
    const customerId = await farmer(api);
    await api.records.loan({ customer: customerId, branch: api.union.units.qingshi, ...loan });
    return { customerId };
  });

/** A farmer and another member of the household, who owes one loan. */
const householdOwing = (expected: Scenario['expected'], loan: object): Scenario =>
  scenario(expected, async (api) => {
    const { qingshi } = api.union.units;
    const [customer, spouse] = [
      await api.records.customer(qingshi, { household: false }),
      await api.records.customer(qingshi, { household: false }),
    ];
    await api.records.household([customer.id, spouse.id]);
    await api.records.loan({ customer: spouse.id, branch: qingshi, ...loan });
    return { customerId: customer.id };
  });

export const IN_HOUSE_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'a performing loan at the branch applied to': owing({}, {}),
  'a substandard loan here': owing({ 'npl-applicant': 'BLOCK' }, { fiveTier: 'substandard' }),
  'a written-off loan still owed': owing({ 'npl-applicant': 'BLOCK' }, { kind: 'written_off', fiveTier: null }),
  'a loan swapped with the central bank': owing(
    { 'npl-applicant': 'BLOCK' },
    { kind: 'central_bank_swap', fiveTier: null },
  ),
  'a loan swapped by the government': owing({ 'npl-applicant': 'BLOCK' }, { kind: 'government_swap', fiveTier: null }),
  'a bad loan that was settled': owing({}, { fiveTier: 'loss', status: 'settled' }),
  'a loan of class normal that is 91 days overdue': scenario({ 'npl-applicant': 'REFER unknown' }, async (api) => {
    const customerId = await farmer(api);
    const loan = await api.records.loan({ customer: customerId, branch: api.union.units.qingshi });
    await api.records.sql('update loan set overdue_days = 91 where id = $1', [loan]);
    return { customerId };
  }),
  'an import refused a loan of the applicant': scenario(
    {
      'npl-applicant': 'REFER unknown',
      'outstanding-at-other-branch': 'REFER unknown',
      'single-borrower-limit': 'BLOCK unknown',
      'group-limit': 'BLOCK unknown',
    },
    async (api) => {
      const customerId = await farmer(api);
      await api.records.importGap(customerId, 'loan');
      return { customerId };
    },
  ),
  'a loan that nobody classified': owing({ 'npl-applicant': 'REFER unknown' }, { fiveTier: null }),
  'a bad loan, with a plan to restore repayment (C9)': scenario({ 'npl-applicant': 'REFER' }, async (api) => {
    const customerId = await farmer(api);
    await api.records.loan({ customer: customerId, branch: api.union.units.qingshi, fiveTier: 'doubtful' });
    return { customerId, exception: { clause: 'C9', papers: ['repaymentPlan', 'overAuthorityRoute'] } };
  }),
  'a bad loan, C9 asked for without the plan': scenario({ 'npl-applicant': 'BLOCK' }, async (api) => {
    const customerId = await farmer(api);
    await api.records.loan({ customer: customerId, branch: api.union.units.qingshi, fiveTier: 'doubtful' });
    return { customerId, exception: { clause: 'C9', papers: ['overAuthorityRoute'] } };
  }),
  'a household member owes a bad loan': householdOwing(
    { 'npl-household': 'BLOCK', 'outstanding-in-household': 'REFER' },
    { fiveTier: 'loss' },
  ),
  'a household member owes a good loan (垒大户)': householdOwing({ 'outstanding-in-household': 'REFER' }, {}),
  'the applicant is registered in no household': scenario(
    { 'npl-household': 'REFER unknown', 'outstanding-in-household': 'REFER unknown' },
    async ({ records, union }) => ({
      customerId: (await records.customer(union.units.qingshi, { household: false })).id,
    }),
  ),
  'a guarantor owes a bad loan': scenario({ 'npl-guarantor': 'BLOCK' }, async (api) => {
    const [customerId, guarantor] = [await farmer(api), await farmer(api)];
    await api.records.loan({ customer: guarantor, branch: api.union.units.liuhe, fiveTier: 'loss' });
    return { customerId, guarantorIds: [guarantor] };
  }),
  'a loan at another branch (多头)': scenario({ 'outstanding-at-other-branch': 'REFER' }, async (api) => {
    const customerId = await farmer(api);
    await api.records.loan({ customer: customerId, branch: api.union.units.liuhe });
    return { customerId };
  }),
  'an application at another branch': scenario({ 'live-application-elsewhere': 'REFER' }, async (api) => {
    const customerId = await farmer(api);
    await api.records.liveApplication(customerId, api.union.units.liuhe);
    return { customerId };
  }),
  'an account pays a loan that is not ours': scenario({ 'loan-elsewhere': 'REFER' }, async (api) => {
    const customerId = await farmer(api);
    const account = await api.records.account(customerId, api.union.units.qingshi);
    await api.records.standingPayment(account, 'loan_instalment', '6228000000000001');
    return { customerId };
  }),
  'an account pays a loan of ours': scenario({}, async (api) => {
    const customerId = await farmer(api);
    const account = await api.records.account(customerId, api.union.units.qingshi);
    await api.records.standingPayment(account, 'loan_instalment', '6228000000000002');
    await api.records.loan({ customer: customerId, branch: api.union.units.qingshi, account });
    return { customerId };
  }),
  'two customers pay the same payee': scenario({ 'shared-payee': 'REFER' }, async (api) => {
    const { qingshi } = api.union.units;
    const [customerId, other] = [await farmer(api), await farmer(api)];
    for (const owner of [customerId, other]) {
      await api.records.standingPayment(await api.records.account(owner, qingshi), 'other', '6229000000000003');
    }
    return { customerId };
  }),
  'a payment that states no payee': scenario({ 'shared-payee': 'REFER unknown' }, async (api) => {
    const customerId = await farmer(api);
    const account = await api.records.account(customerId, api.union.units.qingshi);
    await api.records.standingPayment(account, 'other', null);
    return { customerId };
  }),
  'another customer has the same phone': scenario({ 'shared-phone': 'REFER' }, async ({ records, union }) => {
    const { id } = await records.customer(union.units.qingshi, { phone: '13900001111' });
    await records.customer(union.units.liuhe, { phone: '+86 139-0000-1111' });
    return { customerId: id };
  }),
  'no phone is recorded': scenario({ 'shared-phone': 'REFER unknown' }, async ({ records, union }) => ({
    customerId: (await records.customer(union.units.qingshi, { phone: null })).id,
  })),
  'a stranger at the same address': scenario({ 'shared-address': 'REFER' }, async ({ records, union }) => {
    const { id } = await records.customer(union.units.qingshi, { address: '青石乡 二社 8号' });
    await records.customer(union.units.qingshi, { address: '青石乡二社８号' });
    return { customerId: id };
  }),
  'a namesake of the same birth date owes a loan': scenario({ 'namesake-with-loans': 'REFER' }, async (api) => {
    const { qingshi, liuhe } = api.union.units;
    const { id, identityNumber } = await api.records.customer(qingshi, { name: '王同名' });
    const other = await api.records.customer(liuhe, { name: '王同名', bornLike: identityNumber });
    await api.records.loan({ customer: other.id, branch: liuhe });
    return { customerId: id };
  }),
};
