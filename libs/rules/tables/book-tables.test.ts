import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import type { CivilDate } from '../../domain/civil-date.js';
import { LOCATION_CLASSES, PRODUCT_CATEGORIES } from '../../domain/product.js';
import { bookContent, makeBook, readBook } from '../book.js';
import { caseFacts } from '../cases.js';
import { contentHash } from '../content-hash.js';
import { CheckpointGate } from '../evaluate.js';
import { parameterSet, parametersInForce } from '../parameters.js';
import { categoriesLentAt } from './lent-at.js';
import { tableLookup } from './lookup.js';

const { book, parameters } = await loadBook(defaultBookFolder());
const on = '2026-11-24' as CivilDate;
const inForce = parametersInForce(parameters, on);

const manifest = {
  file: 'manifest.json',
  content: { code: 'test', version: '1', title: { zh: '测试', en: 'Test' }, effectiveFrom: '2026-01-01' },
};
const words = { zh: '表', en: 'table' };
const definition = {
  id: 'limits',
  title: words,
  clause: 'G2',
  source: words,
  own: true,
  hitPolicy: 'unique',
  inputs: [{ fact: 'applicant.creditLevel' }],
  outputs: [
    { name: 'limitFen', type: 'number', unit: 'fen', label: words },
    { name: 'lent', type: 'boolean', label: words },
    { name: 'where', type: 'text', label: words },
    { name: 'days', type: 'number', unit: 'days', label: words },
  ],
};
const HEADER = ['applicant.creditLevel', 'limitFen', 'lent', 'where', 'days'];
const ROWS = [
  ['excellent', 'policy.microCreditExcellentFen', 'true', 'rural', '1'],
  ['good, ordinary', '5', 'true', 'village', '2'],
  ['none', '0', 'false', 'rural', '3'],
];
const source = (rows = ROWS, change = {}) => ({
  file: 'tables/limits.table.json',
  content: { ...definition, ...change },
  rowsFile: 'tables/limits.csv',
  cells: [HEADER, ...rows],
});
const ruleOf = (conditions: object) => ({
  id: 'r',
  clause: 'G2',
  checkpoint: 'intake',
  severity: 'BLOCK',
  answeredBy: null,
  title: words,
  appliesTo: { products: ['*'] },
  effective: { from: '2026-01-01', to: null },
  conditions,
  reason: words,
  cure: words,
  whenUnknown: 'BLOCK',
});
const read = (conditions: object, tables = [source()]) =>
  readBook(manifest, [{ file: 'a.rules.json', content: { rules: [ruleOf(conditions)] } }], tables);
const faultsOf = (conditions: object, tables = [source()]): string[] => {
  const reading = read(conditions, tables);
  return 'faults' in reading ? reading.faults.map(({ path, code }) => `${path} ${code}`) : [];
};
const limit = { table: 'limits', output: 'limitFen' };
const above = { fact: 'application.amountFen', operator: 'greaterThan', value: limit };
const notLent = { table: 'limits', output: 'lent', operator: 'equal', value: false };

describe('a rule compares with a table', () => {
  it('and is evaluated as plain conditions over its rows, but kept as it was written', () => {
    const reading = read(above);
    if ('faults' in reading) throw new Error('faults');
    expect(reading.book.rules[0]?.conditions).toEqual({
      any: [
        {
          all: [
            { fact: 'applicant.creditLevel', operator: 'equal', value: 'excellent' },
            { ...above, value: { fact: 'policy.microCreditExcellentFen' } },
          ],
        },
        {
          all: [
            { fact: 'applicant.creditLevel', operator: 'in', value: ['good', 'ordinary'] },
            { ...above, value: 5 },
          ],
        },
        {
          all: [
            { fact: 'applicant.creditLevel', operator: 'equal', value: 'none' },
            { ...above, value: 0 },
          ],
        },
      ],
    });
    expect(bookContent(reading.book).rules[0]?.conditions).toEqual(above);
  });

  it('asks nothing that the conditions beside it have asked', () => {
    const beside = { fact: 'applicant.creditLevel', operator: 'in', value: ['excellent', 'none'] };
    const reading = read({ all: [beside, notLent] });
    expect('book' in reading && reading.book.rules[0]?.conditions).toEqual({
      all: [beside, { fact: 'applicant.creditLevel', operator: 'equal', value: 'none' }],
    });
  });

  it.each<[string, object, string[]]>([
    ['a table that is not there', { ...above, value: { ...limit, table: 'gone' } }, ['/value rule.unknown-table']],
    ['an answer that is not there', { ...above, value: { ...limit, output: 'sum' } }, ['/value rule.unknown-output']],
    ['a truth value against a sum', { ...above, value: { ...limit, output: 'lent' } }, ['/value rule.value-type']],
    ['days against fen', { ...above, value: { ...limit, output: 'days' } }, ['/value rule.unit']],
    [
      'an answer that the fact never is',
      { fact: 'applicant.residence', operator: 'equal', value: { table: 'limits', output: 'where' } },
      ['/value rule.value-unknown'],
    ],
    ['an order of truth values', { ...notLent, operator: 'greaterThan' }, ['/operator rule.operator']],
    ['a constant of another type', { ...notLent, value: 'no' }, ['/value rule.value-type', ' rule.never-true']],
    ['what no row answers', { ...limit, output: 'days', operator: 'greaterThan', value: 3 }, [' rule.never-true']],
    ['what every row answers', { ...limit, output: 'days', operator: 'lessThan', value: 4 }, [' rule.always-true']],
    ['a parameter against a constant', { ...limit, operator: 'greaterThan', value: 3 }, ['/value rule.table-operand']],
    [
      'a table in a list whose records do not hold what it asks',
      {
        fact: 'collateral.items',
        operator: 'some',
        value: { field: 'loanToValuePercent', operator: 'greaterThan', value: limit },
      },
      ['/value/value rule.table-input', '/value/value rule.unit'],
    ],
  ])('not with %s', (_, conditions, faults) => {
    expect(faultsOf(conditions)).toEqual(faults.map((one) => `a.rules.json/rules/0/conditions${one}`));
  });

  it('not where the conditions beside it settle what it says', () => {
    const beside = (level: string) => ({
      all: [{ fact: 'applicant.creditLevel', operator: 'equal', value: level }, notLent],
    });
    expect(faultsOf(beside('good'))).toEqual(['a.rules.json/rules/0/conditions rule.table-settled']);
    expect(faultsOf(beside('none'))).toEqual(['a.rules.json/rules/0/conditions rule.table-settled']);
  });
});

describe('a book keeps its tables', () => {
  it('a table that leaves a case out is a fault of the book, and the rules are still looked at', () => {
    expect(faultsOf(above, [source(ROWS.slice(1))])).toEqual(['tables/limits.csv/rows table.gap']);
    expect(faultsOf({ ...above, fact: 'x' }, [source(ROWS.slice(1))])).toEqual([
      'tables/limits.csv/rows table.gap',
      'a.rules.json/rules/0/conditions/fact rule.unknown-fact',
    ]);
  });

  it('a definition with faults, and one in a file of another name', () => {
    expect(faultsOf(above, [source(ROWS, { hitPolicy: 'any' })])).toEqual([
      'tables/limits.table.json/hitPolicy input.not-allowed',
    ]);
    expect(faultsOf(above, [{ ...source(), file: 'tables/other.table.json' }])).toEqual([
      'tables/other.table.json/id table.id',
    ]);
  });

  it('what is kept makes the same book again; a changed cell makes another', () => {
    const [one, other] = [
      read(above),
      read(above, [source([['excellent', '7', 'true', 'rural', '1'], ...ROWS.slice(1)])]),
    ];
    if ('faults' in one || 'faults' in other) throw new Error('faults');
    const kept = JSON.parse(JSON.stringify(bookContent(one.book)));
    expect(makeBook(kept).hash).toBe(one.book.hash);
    expect(makeBook(kept).rules).toEqual(one.book.rules);
    expect(other.book.hash).not.toBe(one.book.hash);
  });

  it('a case that the kept rows leave out, since the catalogue grew, cannot be judged; the others are as before', async () => {
    const reading = read(above);
    if ('faults' in reading) throw new Error('faults');
    const kept = bookContent(reading.book);
    const short = kept.tables?.map((table) => ({ ...table, rows: table.rows.slice(1) })) ?? [];
    const shortened = makeBook({ ...kept, tables: short });
    const judged = async (level: string) => {
      const facts = caseFacts({ 'applicant.creditLevel': level, 'application.amountFen': 6 }, on);
      const { findings } = await new CheckpointGate(shortened.rules, inForce, on).decide(facts);
      return findings.map((one) => one.judged);
    };
    expect(await judged('excellent')).toEqual([false]);
    expect(await judged('good')).toEqual([true]);
  });

  it('a kept table whose cells cannot be read makes no book', () => {
    const reading = read(above);
    if ('faults' in reading) throw new Error('faults');
    const kept = bookContent(reading.book);
    const spoilt = kept.tables?.map((table) => ({ ...table, rows: [['best', '1', 'true', 'rural', '1']] })) ?? [];
    expect(() => makeBook({ ...kept, tables: spoilt })).toThrow(/"best" is none of/);
  });

  it('a book without tables has the address that it always had', () => {
    const plain = { fact: 'application.amountFen', operator: 'greaterThan', value: 1 };
    const reading = read(plain, []);
    const kept = { manifest: manifest.content, rules: [ruleOf(plain)] };
    expect('book' in reading && reading.book.hash).toBe(contentHash(kept));
  });
});

describe('the default book', () => {
  const tableOf = (id: string) => book.tables.get(id)!;

  it.each(LOCATION_CLASSES.flatMap((location) => PRODUCT_CATEGORIES.map((category) => [location, category] as const)))(
    'at %s, %s is refused where the table of products says so, and only there',
    async (location, category) => {
      const facts = { 'branch.location': location, 'application.productCategory': category };
      const allowed = tableLookup(tableOf('product-by-location'), facts, inForce)?.outputs['allowed'];
      const rules = book.rules.filter(
        ({ id, appliesTo }) =>
          ['township-products', 'county-town-products', 'company-at-business-department'].includes(id) &&
          (appliesTo.categories === undefined || appliesTo.categories.includes(category)),
      );
      const { verdict } = await new CheckpointGate(rules, inForce, on).decide(caseFacts(facts, on));
      expect(verdict).toBe(allowed === true ? 'PASS' : 'BLOCK');
    },
  );

  it.each<[string, number, number, string]>([
    ['normal', 9_999_999, 6, 'month'],
    ['normal', 10_000_000, 3, 'month'],
    ['normal', 49_999_999, 3, 'month'],
    ['normal', 50_000_000, 1, 'month'],
    ['special_mention', 1, 1, 'month'],
    ['substandard', 1, 10, 'day'],
    ['loss', 90_000_000, 10, 'day'],
  ])('a %s loan of %d fen is inspected every %d %ss', (quality, balanceFen, every, period) => {
    const answer = tableLookup(tableOf('inspection-frequency'), { quality, balanceFen }, inForce);
    expect(answer?.outputs).toEqual({ every, period });
  });

  it.each([
    ['township', ['farmer_micro_credit', 'farmer_joint_guarantee', 'rural_personal']],
    ['county_town', ['sole_trader', 'personal_other']],
    ['business_department', ['company']],
  ] as const)(
    'a branch at %s is given authority for %j (G2); without the table nobody knows',
    (location, categories) => {
      expect(categoriesLentAt(book, inForce, location)).toEqual(categories);
      expect(categoriesLentAt({ ...book, tables: new Map() }, inForce, location)).toBeNull();
    },
  );

  it('a look-up with an input that is absent or malformed is unknown, unless it does not matter', () => {
    const inspected = (inputs: object) =>
      tableLookup(tableOf('inspection-frequency'), inputs as Record<string, unknown>, inForce);
    expect(inspected({ quality: 'normal' })).toBeNull();
    expect(inspected({ quality: 'normal', balanceFen: '5' })).toBeNull();
    expect(inspected({ quality: 'watched', balanceFen: 5 })).toBeNull();
    expect(inspected({ quality: 'loss' })?.outputs).toEqual({ every: 10, period: 'day' });
  });

  it('an answer whose parameter has run out is not there', () => {
    const limits = tableLookup(tableOf('micro-credit'), { 'applicant.creditLevel': 'good' }, inForce);
    expect(limits?.outputs).toEqual({ limitFen: 2_000_000 });
    const expired = tableLookup(tableOf('micro-credit'), { 'applicant.creditLevel': 'good' }, parameterSet({}));
    expect(typeof expired?.outputs['limitFen']).toBe('symbol');
  });
});
