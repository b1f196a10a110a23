import { defaultBookFolder } from '#libs/platform/load-book.js';
import { readBookFolder } from '#libs/platform/rule-files/read-book-folder.js';
import type { CivilDate } from '../../domain/civil-date.js';
import type { TableSource } from '../tables/read-table.js';
import type { BookSources } from './book-sources.js';
import { lintBook } from './lint-book.js';
import { LINT_CODES } from './message.js';

const on = '2026-11-24' as CivilDate;
const { sources } = await readBookFolder(defaultBookFolder(), { cases: true });
const EXAMPLE = 'product-by-location';

const told = (change: Partial<BookSources>): string[] =>
  lintBook({ ...sources, ...change }, on).map(({ path, code, level }) => `${level} ${path} ${code}`);

/** The shipped book with one table changed. */
const withTable = (change: (table: TableSource) => Partial<TableSource>): Partial<BookSources> => ({
  tables: sources.tables.map((one) => (one.file.includes(EXAMPLE) ? { ...one, ...change(one) } : one)),
});
const cells = (change: (rows: readonly (readonly string[])[]) => readonly (readonly string[])[]) =>
  withTable((table) => {
    const [header = [], ...rows] = table.cells ?? [];
    return { cells: [header, ...change(rows)] };
  });
const definition = (change: object) => withTable(({ content }) => ({ content: { ...(content as object), ...change } }));
/** The shipped book with the conditions of one rule changed. */
const withRule = (id: string, conditions: object): Partial<BookSources> => ({
  rules: sources.rules.map(({ file, content }) => ({
    file,
    content: {
      rules: (content as { rules: { id: string }[] }).rules.map((rule) =>
        rule.id === id ? { ...rule, conditions } : rule,
      ),
    },
  })),
});
const notAllowed = { table: EXAMPLE, output: 'allowed', operator: 'equal', value: false };
const inTown = (value: string) => ({ fact: 'branch.location', operator: 'equal', value });
const ROWS = `tables/${EXAMPLE}.csv/rows`;
const RULE = 'lending-scope.rules.json/rules/0';

describe('tables of a book that is linted', () => {
  it.each<[string, Partial<BookSources>, string[]]>([
    ['a gap', cells((rows) => rows.slice(1)), [`error ${ROWS} table.gap`]],
    ['an overlap', cells((rows) => [...rows, rows[0] ?? []]), [`error ${ROWS}/6 table.duplicate-row`]],
    [
      'a cell that is none',
      cells(([first = [], ...rest]) => [['village', ...first.slice(1)], ...rest]),
      [`error ${ROWS}/0/branch.location table.cell`],
    ],
    [
      'a column that is not defined',
      withTable(({ cells: all }) => ({ cells: (all ?? []).map((row, line) => [...row, line === 0 ? 'note' : '']) })),
      [`error tables/${EXAMPLE}.csv/columns table.unknown-column`],
    ],
    [
      'a title in one language',
      definition({ title: { zh: '表', en: '表' } }),
      [`error tables/${EXAMPLE}.table.json/title table.language`],
    ],
    [
      'words that are still open',
      definition({ source: { zh: '（待填写）', en: '(to be filled in)' } }),
      [`error tables/${EXAMPLE}.table.json/source table.fill-in`],
    ],
  ])('%s', (_, change, messages) => {
    expect(told(change)).toEqual(messages);
  });

  it('a table that no rule names is looked at', () => {
    const extra: TableSource = {
      file: 'tables/extra.table.json',
      rowsFile: 'tables/extra.csv',
      content: { ...(sources.tables.find(({ file }) => file.includes(EXAMPLE))?.content as object), id: 'extra' },
      cells: sources.tables.find(({ file }) => file.includes(EXAMPLE))?.cells ?? null,
    };
    expect(told({ tables: [...sources.tables, extra] })).toEqual(['warning tables/extra.table.json/id table.unused']);
  });

  it('a parameter that a cell names has a value', () => {
    const content = sources.parameters?.content as { parameters: { key: string }[] } | undefined;
    const kept = (content?.parameters ?? []).filter(({ key }) => key !== 'policy.microCreditGoodFen');
    expect(told({ parameters: { file: 'parameters.json', content: { parameters: kept } } })).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^error tables\/micro-credit\.csv\/rows\/\d+\/\w+ table\.parameter-without-value$/),
      ]),
    );
  });
});

describe('rules that compare with a table are judged as they are evaluated, and told of as they are written', () => {
  it.each<[string, object, string[]]>([
    ['a table that is not there', { ...notAllowed, table: 'gone' }, [`error ${RULE}/conditions rule.unknown-table`]],
    [
      'what the rest of the rule settles',
      { all: [inTown('business_department'), notAllowed] },
      [`error ${RULE}/conditions rule.table-settled`],
    ],
    [
      'what the rest of the rule excludes',
      {
        all: [
          inTown('township'),
          {
            fact: 'application.productCategory',
            operator: 'notIn',
            value: ['sole_trader', 'personal_other', 'company'],
          },
          notAllowed,
        ],
      },
      [`error ${RULE}/conditions rule.never-fires`],
    ],
    [
      'a part that the table says already',
      { all: [inTown('township'), notAllowed, notAllowed] },
      [`warning ${RULE}/conditions/all/2 rule.redundant-part`],
    ],
  ])('%s', (_, conditions, messages) => {
    const ofCases = / case\./;
    expect(told(withRule('township-products', conditions)).filter((one) => !ofCases.test(one))).toEqual(messages);
  });

  it('two rules that say the same, one through the table and one in its own words', () => {
    const ownWords = {
      all: [
        inTown('county_town'),
        { fact: 'application.productCategory', operator: 'notIn', value: ['sole_trader', 'personal_other'] },
      ],
    };
    const through = { all: [inTown('county_town'), notAllowed] };
    const both = { ...withRule('township-products', ownWords) };
    expect(told({ ...both, ...withRule('county-town-products', through) }).length).toBe(0);
    expect(told(both)).toContain('error lending-scope.rules.json/rules/1/conditions rule.duplicate');
  });

  it('a table that cannot be read keeps only the rules that name it from being judged', () => {
    const messages = told({
      ...cells((rows) => rows.slice(1)),
      ...withRule('company-at-business-department', {
        fact: 'branch.location',
        operator: 'in',
        value: ['township', 'county_town', 'business_department'],
      }),
    });
    expect(messages).toContain(`error ${ROWS} table.gap`);
    expect(messages.some((one) => /rule\.(leaf-always|always-fires)$/.test(one))).toBe(true);
    expect(messages.some((one) => one.includes('unknown-table'))).toBe(false);
  });
});

it('every fault of a table has a cure of its own', () => {
  expect(Object.keys(LINT_CODES).filter((code) => code.startsWith('table.')).length).toBeGreaterThan(20);
});
