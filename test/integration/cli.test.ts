import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { jsonOf, runCli } from '#libs/testing/run-cli.js';
import { cloneDatabase, type TestDatabase, testServerUrl } from '#libs/testing/test-database.js';

let folder: string;
let database: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wugang-cli-'));
  database = await cloneDatabase();
  await writeFile(join(folder, 'people.csv'), PEOPLE);
  await writeFile(join(folder, 'mapping.json'), JSON.stringify(MAPPING));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await database.drop();
});

const PEOPLE = 'no,name,sum\n1,张三,50000\n2,李四,-5\n3,王五,1000\n';
const MAPPING = {
  version: 1,
  name: 'small',
  union: { code: 'SMALL', name: '小联社' },
  sources: { people: { file: 'people.csv' } },
  records: [
    {
      record: 'orgUnit',
      from: 'people',
      where: { column: 'no', in: ['1'] },
      fields: { ref: { const: 'B' }, name: { const: '一社' }, location: { const: 'township' } },
    },
    { record: 'customer', from: 'people', fields: { ref: 'no', name: 'name', branch: { const: 'B' } } },
    {
      record: 'application',
      from: 'people',
      fields: {
        ref: 'no',
        branch: { const: 'B' },
        customer: 'no',
        amount: 'sum',
        termMonths: { const: 12 },
        submittedOn: { asOf: true },
      },
    },
  ],
};

const files = () => ['--mapping', join(folder, 'mapping.json'), '--from', folder];
const onServer = { DATABASE_URL: testServerUrl() };

describe('help', () => {
  it.each([
    [[]],
    [['serve']],
    [['demo']],
    [['worker']],
    [['verify']],
    [['keys', 'rotate']],
    [['user', 'list']],
    [['import']],
    [['gate', 'batch']],
    [['rules', 'table', 'check']],
    [['rules', 'table', 'export']],
    [['rules', 'table', 'import']],
    [['replay']],
    [['audit', 'verify']],
    [['audit', 'anchor']],
    [['bureau', 'simulate']],
    [['bench', 'gate']],
    [['bench', 'backtest']],
    [['generate']],
  ])('wugang %j --help says what it does, with examples', async (command) => {
    const run = await runCli([...command, '--help']);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('Usage: wugang');
    if (command.length > 0) {
      expect(run.stdout).toMatch(/Examples?:\n/);
      expect(run.stdout).toContain('--json');
    }
  });

  it('a command that is not there is refused with the list of those that are', async () => {
    const run = await runCli(['lend']);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/unknown command 'lend'/);
  });
});

describe('wugang demo', () => {
  it('releases two applications, and has four refused, each by its clause', async () => {
    const run = await runCli(['demo', '--json'], onServer);
    expect([run.code, run.stderr]).toEqual([0, '']);
    const cases = JSON.parse(run.stdout) as { case: string; outcome: string; clause: string; steps: string[] }[];
    expect(cases.map(({ case: name, outcome, clause }) => [name, outcome, clause])).toEqual([
      ['within-authority', 'released', 'G1.1'],
      ['over-authority', 'released', 'G1.2'],
      ['one-person-at-two-posts', 'refused', 'G1'],
      ['appraisal-firm-off-the-panel', 'refused', 'G3'],
      ['large-loan-without-legal-signature', 'refused', 'G4'],
      ['forged-document', 'refused', 'G3'],
    ]);
    for (const { steps } of cases) expect(steps.length).toBeGreaterThan(4);
  });

  it('a server that is not there, or is no demonstration, is one line', async () => {
    const run = await runCli(['demo', '--url', 'http://127.0.0.1:9']);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/^wugang: http:\/\/127.0.0.1:9 cannot be reached: .*\n$/);
  });
});

describe('wugang import', () => {
  it('takes in what is good, lists what is not by line and cause, and again changes nothing', async () => {
    const run = await runCli(['import', ...files(), '--as-of', '2026-11-24', '--json'], {
      DATABASE_URL: database.ownerUrl,
    });
    const report = jsonOf<{ taken: object; refusedLines: number; refused: object[] }>(run);
    expect(run.code).toBe(0);
    expect(report).toMatchObject({
      taken: { orgUnit: 1, customer: 3, application: 2 },
      refusedLines: 1,
      refused: [{ file: 'people.csv', line: 3, faults: [{ path: '/amount', code: 'import.negative' }] }],
    });
    const again = await runCli(['import', ...files(), '--as-of', '2026-11-24'], { DATABASE_URL: database.ownerUrl });
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/customer\s+3/);
    expect(again.stderr).toMatch(/1 lines refused:\npeople\.csv line 3\n {2}\/amount \[import\.negative\]/);
    const owner = new pg.Client(database.ownerUrl);
    await owner.connect();
    const { rows } = await owner.query(
      `select (select count(*)::int from party) as parties, (select count(*)::int from loan_application) as applications`,
    );
    await owner.end();
    expect(rows).toEqual([{ parties: 3, applications: 2 }]);
  });
});

describe('wugang gate batch', () => {
  const batch = (...more: string[]) =>
    runCli(['gate', 'batch', ...files(), '--as-of', '2026-11-24', ...more], onServer);

  it('decides each application and writes one decision a line', async () => {
    const out = join(folder, 'decisions.jsonl');
    const run = await batch('--rules', 'npl-applicant,bureau-report-present', '--out', out, '--json');
    expect(jsonOf(run)).toMatchObject({
      applications: 2,
      findings: { 'bureau-report-present': 2, 'npl-applicant': 0 },
      verdicts: { BLOCK: 2, REFER: 0, PASS: 0 },
    });
    const lines = (await readFile(out, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { application: string; verdict: string; findings: object[] });
    expect(lines.map(({ application, verdict }) => [application, verdict])).toEqual([
      ['1', 'BLOCK'],
      ['3', 'BLOCK'],
    ]);
    expect(lines[0]!.findings).toMatchObject([
      { ruleId: 'bureau-report-present', clause: 'M2', reason: { zh: expect.any(String), en: expect.any(String) } },
    ]);
  });

  it('a whole book finds more than some of its rules, and leaves no scratch database behind', async () => {
    const { findings, redecided } = jsonOf<{ findings: object; redecided: number }>(await batch('--json'));
    expect(findings).toHaveProperty('bureau-consent', 2);
    expect(redecided).toBeGreaterThan(0);
    const admin = new pg.Client(testServerUrl());
    await admin.connect();
    expect((await admin.query(`select datname from pg_database where datname like 'wugang_scratch%'`)).rows).toEqual(
      [],
    );
    await admin.end();
  });

  it.each<[string, string[], RegExp]>([
    [
      'a rule that is not there',
      ['--rules', 'npl-applicant,no-such-rule'],
      /no rule no-such-rule at checkpoint intake/,
    ],
    ['a checkpoint that is not there', ['--checkpoint', 'teatime'], /--checkpoint is one of intake/],
    ['an output that cannot be written', ['--out', '/nowhere/x.jsonl'], /--out \/nowhere\/x\.jsonl cannot be written/],
    ['a book that is not there', ['--book', '/nowhere'], /the input has faults\n {2}manifest\.json \[file\.missing\]/],
  ])('%s', async (_, more, message) => {
    const run = await batch('--json', ...more);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(message);
    expect(run.stdout).toBe('');
  });

  it('a date that does not exist', async () => {
    const run = await runCli(['gate', 'batch', ...files(), '--as-of', '2026-02-30'], onServer);
    expect([run.code, run.stderr]).toEqual([1, 'wugang: --as-of 2026-02-30 is no date YYYY-MM-DD\n']);
  });

  it.each<[string, string | object, RegExp]>([
    [
      'names a column that is not there',
      { ...MAPPING, records: [{ record: 'customer', from: 'people', fields: { ref: 'no', name: 'nome' } }] },
      /\/records\/0\/fields\/name \[mapping\.unknown-column\] people has no column nome; it has no, name, sum/,
    ],
    ['is not JSON', '{"version": 1,', /is not JSON/],
    [
      'has unknown keys and lacks others',
      { version: 1, colour: 'red' },
      /\/records \[input\.wrong-type\][\s\S]*\[input\.unknown-field\]/,
    ],
  ])('a mapping that %s', async (_, content, message) => {
    const file = join(folder, 'wrong.json');
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    const run = await runCli(['gate', 'batch', '--mapping', file, '--from', folder, '--as-of', '2026-11-24'], onServer);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(message);
  });
});

describe('wugang bench gate', () => {
  it('runs, on a few applications, and prints its ratios', async () => {
    const run = await runCli(['bench', 'gate', '--applications', '40', '--rounds', '1', '--json'], onServer);
    expect(run.stderr).toBe('');
    const figures = jsonOf<Record<string, number>>(run);
    expect(figures).toMatchObject({ applications: 40, rounds: 1 });
    for (const name of ['latencyRatio', 'throughputRatio', 'livePerSecond', 'barePerSecond'])
      expect(figures[name]).toBeGreaterThan(0);
  });
});

describe('wugang replay', () => {
  it('needs to be told what to replay', async () => {
    expect((await runCli(['replay'], onServer)).stderr).toBe('wugang: say --all or --decision ID\n');
  });

  it('a decision that is not there is not "no difference"', async () => {
    const run = await runCli(['replay', '--decision', '01999999-0000-7000-8000-000000000000', '--json'], {
      DATABASE_URL: database.ownerUrl,
    });
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/no decision 01999999/);
  });
});
