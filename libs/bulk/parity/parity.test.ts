import { testServerUrl } from '../../testing/test-database.js';
import { runParity } from './run-parity.js';

it('the live path, DuckDB, PostgreSQL and the naive reading answer random rules over random facts alike', async () => {
  const postgresUrl = testServerUrl();
  const { cases, found, none, unknown } = await runParity({ cases: 20_000, seed: 7, postgresUrl });
  process.stdout.write(`parity: ${cases} cases, ${found} found, ${none} none, ${unknown} unknown, 0 differ\n`);
  expect(cases).toBeGreaterThanOrEqual(20_000);
  for (const count of [found, none, unknown]) expect(count).toBeGreaterThan(cases / 10);
});
