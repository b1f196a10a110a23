import { TestApi } from './support/api.js';
import { findingsOf, takeIn } from './support/journey.js';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

it('a clean farmer is accepted and goes on to investigation (M2)', async () => {
  const { qingshi } = api.union.units;
  const customer = await api.records.customer(qingshi);
  const officer = await api.signIn('qingshiOfficer');
  const decision = await takeIn(officer, { branchId: qingshi, customerId: customer.id });
  expect(findingsOf(decision)).toEqual({});
  expect(decision.body).toMatchObject({
    verdict: 'PASS',
    stage: 'investigation',
    waitingFor: null,
    checkpoint: 'intake',
  });
});
