import { readFileSync } from 'node:fs';
import { jsonOf, runCli } from '#libs/testing/run-cli.js';
import { describeWithSharedData, sharedData } from '#libs/testing/shared-data.js';
import { testServerUrl } from '#libs/testing/test-database.js';

interface KnownAnswers {
  readonly applications: number;
  readonly findings: Readonly<Record<string, number>>;
  readonly verdicts: Readonly<Record<string, number>>;
}

/** Decides a whole portfolio by the command that people use, against the server of this run. */
async function decided(portfolio: string, asOf: string, rules: readonly string[]): Promise<KnownAnswers> {
  const run = await runCli(
    [
      ...['gate', 'batch', '--mapping', `test/golden/${portfolio}/mapping.json`, '--from', sharedData(portfolio)],
      ...['--as-of', asOf, '--rules', rules.join(','), '--json'],
    ],
    { DATABASE_URL: testServerUrl() },
  );
  expect(run.code).toBe(0);
  return jsonOf(run);
}

describeWithSharedData('real portfolios with known answers', () => {
  const known = () =>
    JSON.parse(readFileSync(sharedData('known-answers.json'), 'utf8')) as Record<string, KnownAnswers>;

  it.each([
    ['berka', '1999-01-01'],
    ['bureau', '2018-04-01'],
  ])('%s: every count of findings and verdicts is the known one', async (portfolio, asOf) => {
    const expected = known()[portfolio]!;
    const result = await decided(portfolio, asOf, Object.keys(expected.findings));
    expect(result).toMatchObject({ ...expected, refusedLines: 0 });
    expect(Object.values(result.verdicts).reduce((sum, count) => sum + count, 0)).toBe(expected.applications);
  });
});
