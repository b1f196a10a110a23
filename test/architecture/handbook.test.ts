import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CivilDate } from '#libs/domain/civil-date.js';
import { loadBook, loadCases } from '#libs/platform/load-book.js';
import { projectRoot } from '#libs/platform/project-root.js';
import { readBookFolder } from '#libs/platform/rule-files/read-book-folder.js';
import { runCase } from '#libs/rules/cases.js';
import { rulesInForce } from '#libs/rules/evaluate.js';
import { lintBook } from '#libs/rules/lint/lint-book.js';
import { mutateBook } from '#libs/rules/mutate/mutate-book.js';
import { parametersInForce } from '#libs/rules/parameters.js';

const folder = join(projectRoot(), 'docs/handbook');
const { book, parameters } = await loadBook(join(folder, 'book'));
const cases = await loadCases(join(folder, 'book'));
/** A day on which every rule of the book is in force, the season's included. */
const on = '2026-12-15' as CivilDate;
const inForce = parametersInForce(parameters, on);

/** Text without the space at the ends of lines, and with a last line ended like any other. */
const plain = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/,$/, '');
const files = (readdirSync(join(folder, 'book'), { recursive: true, encoding: 'utf8' }) as string[])
  .filter((path) => path.endsWith('.json'))
  .map((path) => plain(readFileSync(join(folder, 'book', path), 'utf8')));
const handbook = {
  zh: readFileSync(join(folder, 'zh-CN.md'), 'utf8'),
  en: readFileSync(join(folder, 'en.md'), 'utf8'),
};
const blocks = (text: string): string[] => [...text.matchAll(/```json\n(.*?)\n```/gs)].map(([, block = '']) => block);
const lessons = (text: string): string[] => [...text.matchAll(/^## \d+\. .*$/gm)].map(([line]) => line);

describe('the handbook', () => {
  it('has twenty worked rules in each language, and the same JSON in the same order', () => {
    expect([lessons(handbook.zh).length, lessons(handbook.en).length]).toEqual([20, 20]);
    expect(blocks(handbook.zh)).toEqual(blocks(handbook.en));
    expect(blocks(handbook.zh).length).toBeGreaterThanOrEqual(40);
  });

  it('shows the very text of the book, and all of its rules', () => {
    for (const block of blocks(handbook.zh)) {
      expect({ block, shown: files.some((file) => file.includes(plain(block))) }).toEqual({ block, shown: true });
    }
    for (const { id } of book.rules) {
      expect([id, blocks(handbook.zh).some((block) => block.includes(`"id": "${id}"`))]).toEqual([id, true]);
    }
  });

  it('names files that are there', () => {
    for (const text of Object.values(handbook)) {
      for (const [, path = ''] of text.matchAll(/\]\(book\/([^)]+)\)/g)) {
        expect(() => readFileSync(join(folder, 'book', path))).not.toThrow();
      }
    }
  });
});

describe('the book of the handbook', () => {
  it('has cases for each rule in which it finds, finds nothing and cannot judge', () => {
    expect(cases.map(({ rule }) => rule).sort()).toEqual(book.rules.map(({ id }) => id));
    for (const { rule, cases: told } of cases) {
      const expected = told.map((one) => one.expect);
      expect([rule, expected]).toEqual([rule, expect.arrayContaining(['finding', 'none', 'unknown'])]);
    }
  });

  it('has nothing to mend, and each small change of a rule is noticed by one of its cases', async () => {
    const { sources, faults } = await readBookFolder(join(folder, 'book'), { cases: true });
    expect([...faults, ...lintBook(sources, on)].map(({ path, code }) => `${path} ${code}`)).toEqual([]);
    expect((await mutateBook(book, cases, inForce, on)).alive).toEqual([]);
  });

  for (const file of cases) {
    it.each(file.cases.map((one) => [one.name.en, one] as const))(`${file.rule}: %s`, async (_, given) => {
      expect(await runCase(book, file.rule, file.product, given, inForce, on)).toBe(given.expect);
    });
  }

  it('asks the rule of the season within its days, both included, and not beside them', () => {
    const asked = (day: string) =>
      rulesInForce(book, 'intake', { code: 'rural-personal', category: 'rural_personal' }, day as CivilDate).some(
        ({ id }) => id === 'season-other-branches',
      );
    expect(['2026-10-31', '2026-11-01', '2027-02-28', '2027-03-01'].map(asked)).toEqual([false, true, true, false]);
  });

  it('allows a bureau report thirty days to the end of 2026, and fifteen from the next day on', async () => {
    const [file] = cases.filter(({ rule }) => rule === 'report-fresh');
    const given = { ...file!.cases[0]!, facts: { 'bureau.reportAgeDays': 16 } };
    const at = (day: string) =>
      runCase(
        book,
        'report-fresh',
        file!.product,
        given,
        parametersInForce(parameters, day as CivilDate),
        day as CivilDate,
      );
    expect([await at('2026-12-31'), await at('2027-01-01')]).toEqual(['none', 'finding']);
  });
});
