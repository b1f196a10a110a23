import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VERDICTS, type Verdict } from '#libs/domain/verdict.js';
import { readWorkbook } from '#libs/platform/xlsx/read-workbook.js';
import { jsonOf, runCli } from '#libs/testing/run-cli.js';
import { describeWithSharedData, sharedData } from '#libs/testing/shared-data.js';
import { testServerUrl } from '#libs/testing/test-database.js';

interface Known {
  readonly applications: number;
  readonly findings: Readonly<Record<string, number>>;
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
}

interface Report {
  readonly cases: number;
  readonly changed: number;
  readonly redecided: number;
  readonly matrix: Readonly<Record<Verdict, Readonly<Record<Verdict, number>>>>;
  readonly rules: readonly { rule: string; before: number; after: number; appeared: number; vanished: number }[];
}

/** Enquiries more than eight instead of six, over a whole portfolio by the command that people use. */
async function toEight(portfolio: string, asOf: string, rules: readonly string[], out: string): Promise<Report> {
  const run = await runCli(
    [
      ...['rules', 'impact', '--mapping', `test/golden/${portfolio}/mapping.json`, '--from', sharedData(portfolio)],
      ...[
        '--as-of',
        asOf,
        '--set',
        'policy.hardEnquiriesTolerated=8',
        '--rules',
        rules.join(','),
        '--out',
        out,
        '--json',
      ],
    ],
    { DATABASE_URL: testServerUrl() },
  );
  expect(run.stderr).toBe('');
  return jsonOf(run);
}

const sums = (matrix: Report['matrix']): Record<Verdict, number> =>
  Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, Object.values(matrix[verdict]).reduce((sum, count) => sum + count, 0)]),
  ) as Record<Verdict, number>;

describeWithSharedData('one parameter over real portfolios with known answers', () => {
  let out: string;
  let known: Record<string, Known>;
  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), 'wugang-impact-'));
    known = JSON.parse(await readFile(sharedData('known-answers.json'), 'utf8'));
  });
  afterAll(() => rm(out, { recursive: true, force: true }));

  it('bureau: 233 cases of many enquiries instead of 504, and nothing else changes', async () => {
    const { findings, verdicts, applications } = known['bureau']!;
    const report = await toEight('bureau', '2018-04-01', Object.keys(findings), out);
    expect(report.cases).toBe(applications);
    expect(sums(report.matrix)).toMatchObject(verdicts); // before: as known
    const moved = report.rules.filter(({ appeared, vanished }) => appeared + vanished > 0);
    expect(moved).toMatchObject([{ rule: 'enquiries', before: findings['enquiries'], after: 233, vanished: 271 }]);
    expect(report.changed).toBe(271);
    expect(report.redecided).toBeGreaterThan(10);
    const files = ['by-branch.csv', 'by-product.csv', 'changed.csv', 'impact.json', 'impact.xlsx', 'matrix.csv'];
    expect((await readdir(out)).sort()).toEqual([...files, 'outcomes.csv', 'rules.csv']);
    const book = await readWorkbook(await readFile(join(out, 'impact.xlsx')));
    if ('faults' in book) throw new Error(JSON.stringify(book.faults));
    expect(book.sheets.at(-1)).toMatchObject({ name: 'changed', rows: { length: 272 } });
  });

  it('berka: no bureau is asked there, and no verdict moves', async () => {
    const { findings, verdicts, applications } = known['berka']!;
    const report = await toEight('berka', '1999-01-01', Object.keys(findings), join(out, 'berka'));
    expect(report).toMatchObject({ cases: applications, changed: 0 });
    for (const verdict of VERDICTS) expect(report.matrix[verdict][verdict]).toBe(verdicts[verdict] ?? 0);
  });
});

describeWithSharedData('an exported portfolio is taken in once', () => {
  const NOWHERE = 'postgresql://nobody@127.0.0.1:1/none';
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'wugang-portfolio-'));
    const lines = (await readFile(sharedData('bureau/loans_full_schema.csv'), 'utf8')).split('\n');
    await writeFile(join(home, 'loans_full_schema.csv'), lines.slice(0, 301).join('\n'));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  const impact = (
    tolerated: number,
    database: string,
    more: Record<string, string> = {},
    mapping = 'test/golden/bureau/mapping.json',
  ) =>
    runCli(
      [
        ...['rules', 'impact', '--mapping', mapping, '--from', home, '--as-of', '2018-04-01'],
        ...['--set', `policy.hardEnquiriesTolerated=${tolerated}`, '--sweep', 'policy.hardEnquiriesTolerated=0..3'],
        '--json',
      ],
      { DATABASE_URL: database, FACTS_CACHE_MEGABYTES: '10', WUGANG_DATA_DIR: join(home, 'data'), ...more },
    );
  const answer = async (running: ReturnType<typeof impact>) => {
    const { seconds, ...report } = jsonOf<Record<string, unknown>>(await running);
    expect(seconds).toBeGreaterThan(0);
    return report;
  };

  it('the next draft asks no database, and is answered as if it did; another file is taken in', async () => {
    const first = await answer(impact(2, testServerUrl()));
    expect(first).toMatchObject({ cases: 300 });
    expect(await answer(impact(2, NOWHERE))).toEqual(first);
    const other = await answer(impact(1, NOWHERE));
    expect(other).not.toEqual(first);
    expect(await answer(impact(1, testServerUrl(), { FACTS_CACHE_MEGABYTES: '0' }))).toEqual(other);
    await appendFile(join(home, 'loans_full_schema.csv'), '\n');
    expect((await impact(1, NOWHERE)).code).not.toBe(0);
  });

  it('an export that calls its cases by identity numbers is answered, and nothing of it is kept', async () => {
    const mapping = JSON.parse(await readFile('test/golden/bureau/mapping.json', 'utf8'));
    const cases = mapping.records.find(({ record }: { record: string }) => record === 'application');
    cases.fields.ref = { template: '510101199001011{}' }; // with the line's three digits
    await writeFile(join(home, 'mapping.json'), JSON.stringify(mapping));
    const data = { WUGANG_DATA_DIR: join(home, 'other') };
    const run = await impact(2, testServerUrl(), data, join(home, 'mapping.json'));
    expect(jsonOf(run)).toMatchObject({ cases: 300 });
    expect(run.stderr).toMatch('facts are not kept for the next run: a reference has the form of an identity number');
    await expect(readdir(join(home, 'other', 'facts'))).rejects.toThrow('ENOENT');
  });
});
