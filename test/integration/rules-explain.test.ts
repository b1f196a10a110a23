import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Explanation } from '#libs/rules/explain/explain.js';
import { jsonOf, runCli } from '#libs/testing/run-cli.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wugang-explain-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const BOOK = 'docs/handbook/book';
const PRODUCT = ['--product', 'rural-personal', '--category', 'rural_personal', '--as-of', '2026-11-24'];

async function explainFacts(content: string, ...more: string[]) {
  const file = join(folder, 'facts.json');
  await writeFile(file, content);
  return runCli(['rules', 'explain', BOOK, '--facts', file, ...PRODUCT, ...more]);
}

describe('wugang rules explain, for a book and facts in a file', () => {
  it('takes bare values as of the day, and facts with their source and day as a decision keeps them', async () => {
    const gathered = { value: 9, source: 'bureau', asOf: '2026-11-20' };
    const facts = { 'bureau.hardEnquiries12Months': gathered, 'bureau.otherLenders': 3 };
    const run = await explainFacts(JSON.stringify(facts), '--json');
    const { rules, verdict } = jsonOf<Explanation>(run);
    const leafOf = (id: string) => rules.find(({ ruleId }) => ruleId === id)?.conditions.at(-1)?.compared?.left;
    expect([run.code, verdict]).toEqual([0, 'BLOCK']);
    expect(leafOf('enquiries')).toMatchObject({ value: 9, source: 'bureau', asOf: '2026-11-20' });
    expect(leafOf('other-lenders-block')).toMatchObject({ value: 3, source: 'bureau', asOf: '2026-11-24' });
  });

  it.each([
    ['not JSON', '{', /not JSON/],
    ['a list', '[]', /must be an object of facts by name/],
    ['facts that are not there', '{"__proto__":1,"bureau.score":2}', /__proto__ \[rule.unknown-fact\].*bureau.score/s],
    ['a parameter', '{"policy.netCapitalFen":1}', /stands in the rule book/],
  ])('refuses %s, and says where', async (_, content, said) => {
    const run = await explainFacts(content);
    expect([run.code, run.stdout]).toEqual([1, '']);
    expect(run.stderr).toMatch(said);
  });

  it.each([
    ['neither a decision nor facts', [], /say --decision ID, or a folder/],
    ['a date that is none', [BOOK, '--facts', 'x', ...PRODUCT.slice(0, 4), '--as-of', '2026-02-30'], /no date/],
    ['a page of facts', [BOOK, '--pdf', 'x.pdf'], /--pdf is for a kept decision/],
    ['an id that is none', ['--decision', 'x'], /x is no id of a decision/],
    [
      'a door without rules',
      [BOOK, '--facts', 'x', ...PRODUCT, '--checkpoint', 'post-loan'],
      /no such file|no rule is in force/,
    ],
  ])('refuses %s', async (_, args, said) => {
    const run = await runCli(['rules', 'explain', ...args]);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(said);
  });

  it('at a door without rules the loan stops: there is nothing to explain', async () => {
    const run = await explainFacts('{}', '--checkpoint', 'post-loan');
    expect([run.code, run.stderr]).toEqual([1, 'wugang: no rule is in force at this checkpoint: the loan stops\n']);
  });
});
