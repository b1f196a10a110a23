import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { Command } from 'commander';
import { addRules } from '#apps/cli/commands/rules.js';
import { CommandFailed } from '#apps/cli/output.js';
import { BookUnreadable } from '#libs/platform/load-book.js';
import { type CliRun, jsonOf, runCli } from '#libs/testing/run-cli.js';

const DEFAULT = 'rules/default/2026.1';
let folder: string;
let copy: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wugang-rules-'));
  copy = join(folder, 'copy');
  await cp(DEFAULT, copy, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The command in this process, with what it prints, its exit code and its foreseen failures. */
async function rules(...args: string[]): Promise<CliRun> {
  let stdout = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    stdout += String(chunk);
    return true;
  });
  const program = new Command('wugang');
  addRules(program);
  try {
    await program.parseAsync(['rules', ...args], { from: 'user' });
    return { code: Number(process.exitCode ?? 0), stdout, stderr: '' };
  } catch (cause) {
    if (!(cause instanceof CommandFailed) && !(cause instanceof BookUnreadable)) throw cause;
    const faults = cause.faults.map(({ path, code, text }) => `${path} [${code}] ${text.en}\n`);
    return { code: 1, stdout, stderr: `${cause.message}\n${faults.join('')}` };
  } finally {
    write.mockRestore();
    process.exitCode = undefined;
  }
}

interface Message {
  readonly code: string;
  readonly path: string;
  readonly level: string;
  readonly cure: { zh: string; en: string };
}
interface Lint {
  readonly errors: number;
  readonly warnings: number;
  readonly hash: string | null;
  readonly messages: Message[];
}

async function change(file: string, edit: (text: string) => string): Promise<void> {
  await writeFile(join(copy, file), edit(await readFile(join(copy, file), 'utf8')));
}

describe('wugang rules', () => {
  it('each operation prints JSON where asked', () => {
    const program = new Command('wugang');
    addRules(program);
    const operations = program.commands[0]?.commands ?? [];
    expect(operations.map((one) => one.name())).toEqual(
      expect.arrayContaining(['new', 'lint', 'test', 'mutate', 'diff']),
    );
    const printed = operations
      .filter((one) => one.name() !== 'sql')
      .flatMap((one) => (one.commands.length > 0 ? one.commands : [one]));
    for (const one of printed) expect(one.helpInformation()).toContain('--json'); // sql prints a statement
  });

  it('the shipped book lints, passes its cases, and every change of it is noticed', async () => {
    const lint = await rules('lint', '--json');
    const test = await rules('test', '--json');
    const mutate = await runCli(['rules', 'mutate', '--json']);
    expect(jsonOf<Lint>(lint)).toMatchObject({ rules: 90, errors: 0, warnings: 0, messages: [] });
    const report = jsonOf<{ rules: number; cases: number; passed: number; failures: [] }>(test);
    expect(report).toMatchObject({ rules: 90, failures: [] });
    expect(report.passed).toBe(report.cases);
    const { mutants, killed, alive } = jsonOf<{ mutants: number; killed: number; alive: [] }>(mutate);
    expect([killed, alive]).toEqual([mutants, []]);
    expect(mutants).toBeGreaterThan(700);
    expect([lint.code, test.code, mutate.code]).toEqual([0, 0, 0]);
  });

  it('a limit that is raised shows in the difference, the cases and the lint', async () => {
    await change('parameters.json', (text) =>
      text.replace(/("key": "policy\.hardEnquiriesTolerated",\s+"value": )6/, '$18'),
    );
    const diff = await rules('diff', DEFAULT, copy);
    expect(diff.stdout).toContain('value 6 count -> 8 count');
    expect(diff.stdout).toMatch(/\n1 difference\n$/);
    const test = await rules('test', copy);
    expect(test.code).toBe(1);
    expect(test.stdout).toContain('enquiries: one above the limit');
    expect(test.stdout).toContain('expected finding, got none');
    const lint = await rules('lint', copy, '--json');
    expect(lint.code).toBe(1);
    expect(jsonOf<Lint>(lint).messages.map(({ code, path }) => `${path} ${code}`)).toEqual([
      'cases/enquiries.json/cases case.boundary',
      'cases/enquiries.json/cases case.boundary',
    ]);
    const mutate = await rules('mutate', copy);
    expect(mutate.code).toBe(1);
    expect(mutate.stderr).toContain('cases fail as the rules stand');
  });

  it('a file that is not JSON is told with its line, and loads nowhere', async () => {
    await change('exposure.rules.json', (text) => text.replace('"rules": [', '"rules": [ // all of them'));
    const lint = await runCli(['rules', 'lint', copy, '--json']);
    const { hash, messages } = jsonOf<Lint>(lint);
    expect([lint.code, hash]).toEqual([1, null]);
    expect(messages[0]).toMatchObject({ path: 'exposure.rules.json:3:14', code: 'file.comment', level: 'error' });
    const test = await rules('test', copy);
    expect([test.code, test.stdout]).toEqual([1, '']);
    expect(test.stderr).toContain('exposure.rules.json:3:14 [file.comment]');
  });

  it('a folder that is not there has nothing to lint', async () => {
    const lint = await rules('lint', join(folder, 'nowhere'), '--json');
    expect(lint.code).toBe(1);
    expect(jsonOf<Lint>(lint).messages.map(({ code }) => code)).toEqual([
      'file.missing',
      'file.missing',
      'book.no-rules',
    ]);
  });

  it('a day that is none is refused', async () => {
    const lint = await rules('lint', '--on', '2026-02-30');
    expect([lint.code, lint.stderr]).toEqual([1, '2026-02-30 is no date YYYY-MM-DD\n']);
  });
});

describe('wugang rules new', () => {
  it('begins a book that wants nothing but its words', async () => {
    const book = join(folder, 'my-book');
    const made = jsonOf<{ written: string[] }>(await rules('new', book, '--from', '2026-11-01', '--json'));
    expect(made.written).toEqual([
      'manifest.json',
      'parameters.json',
      'first-rule.rules.json',
      'cases/first-rule.json',
    ]);
    const { messages } = jsonOf<Lint>(await rules('lint', book, '--on', '2026-11-24', '--json'));
    expect(messages.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'manifest.json/title book.fill-in',
      'first-rule.rules.json/rules/0/title rule.fill-in',
      'first-rule.rules.json/rules/0/reason rule.fill-in',
      'first-rule.rules.json/rules/0/cure rule.fill-in',
      'parameters.json/parameters/0/source parameter.fill-in',
    ]);
    expect((await rules('test', book)).code).toBe(0);
    const fill = async (file: string) => {
      const text = await readFile(join(book, file), 'utf8');
      await writeFile(
        join(book, file),
        text.replaceAll('（待填写）', '须说明').replaceAll('(to be filled in)', 'to be explained'),
      );
    };
    for (const file of made.written) await fill(file);
    const filled = await rules('lint', book, '--on', '2026-11-24', '--json');
    expect([filled.code, jsonOf<Lint>(filled).messages]).toEqual([0, []]);
    expect((await rules('mutate', book, '--on', '2026-11-24')).stdout).toContain('6 of 6 changes noticed');
  });

  it('adds a rule to a book, and overwrites none', async () => {
    const book = join(folder, 'my-book');
    const add = (...args: string[]) => rules('new', book, ...args);
    const consent = ['--id', 'consent', '--fact', 'bureau.consentValid'];
    expect((await add(...consent)).stdout).toMatch(/^consent\.rules\.json\ncases\/consent\.json\n/);
    expect(await add(...consent)).toMatchObject({ code: 1, stderr: 'there is a rule consent\n' });
    const living = ['--id', 'residence', '--fact', 'applicant.residence', '--checkpoint', 'review'];
    expect((await add(...living)).code).toBe(0);
    expect((await rules('test', book)).code).toBe(0);
  });

  it('says what it needs', async () => {
    const book = join(folder, 'my-book');
    const noLimit = await rules('new', book, '--id', 'liens', '--fact', 'bureau.taxLiens');
    expect(noLimit.code).toBe(1);
    expect(noLimit.stderr).toMatch(/is compared with a parameter in count: .*policy\.taxLiensTolerated/);
    const madeUp = await rules('new', book, '--id', 'made-up', '--fact', 'bureau.madeUp');
    expect(madeUp.stderr).toContain('there is no fact bureau.madeUp');
    const list = await rules('new', book, '--id', 'items', '--fact', 'collateral.items');
    expect(list.stderr).toContain('written by hand');
    const id = await rules('new', book, '--id', 'Bad Id');
    expect(id.stderr).toContain('an id is lower case words joined by hyphens');
  });
});
