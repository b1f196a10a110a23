import type { TestApi } from '../support/api.js';
import type { Prepared, Scenario } from './scenario.js';

// The default net capital is 1,000,000,000.00 yuan: 10% is 100 million, 15% is 150 million, 50% is 500 million.
const SINGLE = 10_000_000_000;
const GROUP = 15_000_000_000;

/** Rich enough that only the limits find something. */
const farmer = async ({ records, union }: TestApi): Promise<string> =>
  (await records.customer(union.units.qingshi, { monthlyIncomeFen: SINGLE })).id;

const alone = (amountFen: number, expected: Scenario['expected']): Scenario => ({
  expected,
  prepare: async (api) => ({ customerId: await farmer(api), amountFen }),
});

/** The applicant is linked to a customer who is linked to another one, who owes the loan. */
const linkedTo = (balanceFen: number, status: 'confirmed' | 'lead', expected: Scenario['expected']): Scenario => ({
  expected,
  async prepare(api): Promise<Prepared> {
    const { records, union } = api;
    const [customerId, controller, owner] = [await farmer(api), await farmer(api), await farmer(api)];
    await records.link('controller', customerId, controller);
    await records.link('controller', owner, controller, status);
    await records.loan({ customer: owner, branch: union.units.qingshi, balanceFen });
    return { customerId, amountFen: 1_000_000 };
  },
});

/** In this order: what one scenario leaves in the ledger counts among the ten largest of the next. */
export const EXPOSURE_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'exactly a tenth of net capital': alone(SINGLE, {}),
  'a fen above a tenth of net capital': alone(SINGLE + 1, { 'single-borrower-limit': 'BLOCK' }),
  'a group at exactly 15% of net capital': linkedTo(GROUP - 1_000_000, 'confirmed', {}),
  'a group a fen above 15% of net capital': linkedTo(GROUP - 999_999, 'confirmed', { 'group-limit': 'BLOCK' }),
  'a link that nobody confirmed joins no group': linkedTo(GROUP - 999_999, 'lead', {}),
  'a guarantor who owes nearly all of the group limit joins the group': {
    expected: { 'group-limit': 'BLOCK', 'top-ten-limit': 'BLOCK' },
    async prepare(api) {
      const [customerId, guarantor] = [await farmer(api), await farmer(api)];
      await api.records.loan({ customer: guarantor, branch: api.union.units.qingshi, balanceFen: SINGLE });
      const backed = await farmer(api);
      await api.records.guaranteeOf(
        guarantor,
        await api.records.loan({ customer: backed, branch: api.union.units.qingshi, balanceFen: GROUP - SINGLE }),
      );
      return { customerId, amountFen: 1_000_000, guarantorIds: [guarantor] };
    },
  },
  'the ten largest above half of net capital': {
    expected: { 'top-ten-limit': 'BLOCK' },
    async prepare(api) {
      const customerId = await farmer(api);
      for (let n = 0; n < 2; n += 1) {
        await api.records.loan({
          customer: await farmer(api),
          branch: api.union.units.qingshi,
          balanceFen: SINGLE / 2,
        });
      }
      return { customerId };
    },
  },
};
