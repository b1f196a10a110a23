import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import { bookContent } from '../book.js';
import type { AuthoredRule } from '../rule-format.js';
import { type ComparedBook, diffBooks } from './diff-books.js';
import { differenceInWords } from './in-words.js';

const { book, parameters } = await loadBook(defaultBookFolder());
const { manifest, rules: authored, tables = [] } = bookContent(book);
const before: ComparedBook = { manifest, rules: authored, tables, parameters };
const wordsOf = (after: ComparedBook) => differenceInWords(diffBooks(before, after));

it('a book differs from itself in nothing', () => {
  expect(wordsOf(before)).toEqual([]);
});

it('a limit that is raised is told with both values', () => {
  const raised = parameters.map((one) => (one.key === 'policy.hardEnquiriesTolerated' ? { ...one, value: 8 } : one));
  expect(wordsOf({ ...before, parameters: raised })).toEqual([
    {
      zh: '容忍的硬查询次数（policy.hardEnquiriesTolerated，1990-01-01 起）：值 6 count -> 8 count',
      en: 'Hard enquiries tolerated (policy.hardEnquiriesTolerated, from 1990-01-01): value 6 count -> 8 count',
    },
  ]);
});

it('a rule is told field by field, its conditions as sentences', () => {
  const rules = authored.map((rule) =>
    rule.id === 'enquiries'
      ? { ...rule, severity: 'BLOCK' as const, conditions: { not: rule.conditions }, answeredBy: null }
      : rule,
  );
  const [changed] = diffBooks(before, { ...before, rules }).rules.changed;
  expect(changed?.changes.map(({ path }) => path).sort()).toEqual(
    expect.arrayContaining(['/answeredBy', '/conditions/fact', '/conditions/not', '/severity']),
  );
  const words = wordsOf({ ...before, rules });
  expect(words.map(({ en }) => en)).toEqual([
    'enquiries (Many hard enquiries): its condition was: Hard enquiries in the last 12 months is more than "Hard enquiries tolerated"; is now: not (Hard enquiries in the last 12 months is more than "Hard enquiries tolerated")',
    expect.stringMatching(/: severity REFER -> BLOCK$/),
    expect.stringMatching(/: answered by deputy_director -> \(none\)$/),
  ]);
  expect(words.every(({ zh }) => /\p{Script=Han}/u.test(zh))).toBe(true);
});

it('who may waive a rule is told where it is new, another, or gone', () => {
  const saying = (waivedBy: AuthoredRule['waivedBy']) => ({
    ...before,
    rules: authored.map((rule) =>
      rule.id === 'npl-applicant' && waivedBy !== undefined ? { ...rule, waivedBy } : rule,
    ),
  });
  const told = (one: AuthoredRule['waivedBy'], other: AuthoredRule['waivedBy']) =>
    differenceInWords(diffBooks(saying(one), saying(other))).map(({ zh, en }) => [
      zh.split('：')[1],
      en.split(': ')[1],
    ]);
  expect(told(undefined, 'president')).toEqual([['豁免岗位 （无） -> president', 'waived by (none) -> president']]);
  expect(told('president', 'vice_president')).toEqual([
    ['豁免岗位 president -> vice_president', 'waived by president -> vice_president'],
  ]);
  expect(told('president', undefined)).toEqual([['豁免岗位 president -> （无）', 'waived by president -> (none)']]);
  const [, ...others] = authored;
  const [added] = differenceInWords(
    diffBooks(
      { ...before, rules: others },
      { ...before, rules: [{ ...authored[0]!, waivedBy: 'president' }, ...others] },
    ),
  );
  expect(added).toMatchObject({
    zh: expect.stringMatching(/；豁免岗位 president$/),
    en: expect.stringMatching(/; waived by president$/),
  });
});

it('rules and values that are new or gone are named', () => {
  const [first, ...others] = authored;
  const renamed = { ...first!, id: 'brand-new' };
  const later = { ...parameters[0]!, from: '2027-01-01' };
  const words = wordsOf({
    manifest: { ...book.manifest, version: '2' },
    rules: [...others, renamed],
    tables,
    parameters: [...parameters, later],
  });
  expect(words.map(({ en }) => en)).toEqual([
    'the book: version 2026.1 -> 2',
    `${first!.id} (${first!.title.en}): removed`,
    expect.stringMatching(/^brand-new \(.*\): added, BLOCK where /),
    'Net capital (policy.netCapitalFen, from 2027-01-01): = CNY 1,000,000,000.00',
  ]);
});

it('every condition of the shipped book reads as words in both languages', () => {
  const added = differenceInWords(diffBooks({ ...before, rules: [] }, before));
  expect(added).toHaveLength(book.rules.length);
  for (const { zh, en } of added) {
    expect(en).not.toMatch(/greaterThan|lessThan|notEqual|\[object|undefined/);
    expect(zh).not.toMatch(/greaterThan|lessThan|notEqual|\[object|undefined/);
  }
});
