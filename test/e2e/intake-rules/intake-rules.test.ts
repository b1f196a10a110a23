import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import { TestApi } from '../support/api.js';
import { ask, findingsOf, must, submitted, takeConsent } from '../support/journey.js';
import { BUREAU_SCENARIOS } from './bureau-scenarios.js';
import { EXPOSURE_SCENARIOS } from './exposure-scenarios.js';
import { IN_HOUSE_SCENARIOS } from './in-house-scenarios.js';
import { officerOf, type Scenario } from './scenario.js';
import { SCOPE_SCENARIOS } from './scope-scenarios.js';

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  ...BUREAU_SCENARIOS,
  ...IN_HOUSE_SCENARIOS,
  ...SCOPE_SCENARIOS,
  ...EXPOSURE_SCENARIOS,
};

const worst = (said: readonly string[]): string =>
  ['BLOCK', 'REFER', 'WARN'].find((verdict) => said.some((one) => one.startsWith(verdict))) ?? 'PASS';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

describe('an application at the intake checkpoint', () => {
  it.each(Object.entries(SCENARIOS))('%s', async (_, { branch = 'qingshi', without, expected, prepare }) => {
    const prepared = await prepare(api);
    const officer = await api.signIn(officerOf[branch as keyof typeof officerOf]);
    const id = await submitted(officer, { branchId: api.union.units[branch], ...prepared });
    if (without === 'query') await takeConsent(officer, prepared.customerId);
    if (without === undefined) await ask(officer, prepared.customerId, id);
    const decision = must(201, await officer.post(`/api/v1/applications/${id}/intake-decisions`));
    expect(findingsOf(decision)).toEqual(expected);
    const verdict = worst(Object.values(expected));
    expect(decision.body).toMatchObject({ verdict, stage: verdict === 'BLOCK' ? 'intake' : 'investigation' });
  });

  it('the scenarios let every rule of the book find something', async () => {
    const { book } = await loadBook(defaultBookFolder());
    const judged = Object.values(SCENARIOS).flatMap(({ expected }) =>
      Object.entries(expected).flatMap(([ruleId, said]) => (said.includes('unknown') ? [] : [ruleId])),
    );
    expect([...new Set(judged)].sort()).toEqual(
      book.rules.filter(({ checkpoint }) => checkpoint === 'intake').map(({ id }) => id),
    );
  });
});
