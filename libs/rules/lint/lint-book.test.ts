import type { CivilDate } from '../../domain/civil-date.js';
import { changedAt } from '../mutate/changed-at.js';
import { TABLE_CODES } from './codes/table-codes.js';
import { lintBook } from './lint-book.js';
import { LINT_CODES } from './message.js';

const ON = '2026-11-24' as CivilDate;
const bilingual = (zh: string, en: string) => ({ zh, en });

const RULE = {
  id: 'enquiries',
  clause: 'M2',
  checkpoint: 'intake',
  severity: 'REFER',
  answeredBy: 'deputy_director',
  title: bilingual('查询过多', 'Too many enquiries'),
  appliesTo: { products: ['*'] },
  effective: { from: '2026-01-01', to: null },
  conditions: {
    fact: 'bureau.hardEnquiries12Months',
    operator: 'greaterThan',
    value: { fact: 'policy.hardEnquiriesTolerated' },
  },
  reason: bilingual('{bureau.hardEnquiries12Months} 次', '{bureau.hardEnquiries12Months} times'),
  cure: bilingual('说明原因', 'Say why'),
  whenUnknown: 'REFER',
};
const PARAMETER = {
  key: 'policy.hardEnquiriesTolerated',
  value: 6,
  unit: 'count',
  from: '2026-01-01',
  to: null as string | null,
  source: bilingual('通知', 'the notice'),
  clause: 'M2',
  own: false,
};
const at = (count: number, expect: string) => ({
  name: bilingual(`${count} 次`, `${count} times`),
  facts: { 'bureau.hardEnquiries12Months': count } as Record<string, unknown>,
  expect,
});
const CASES = {
  rule: 'enquiries',
  product: { code: 'personal-consumption', category: 'personal_other' },
  cases: [
    at(6, 'none'),
    at(7, 'finding'),
    { name: bilingual('缺少', 'missing'), facts: {} as Record<string, unknown>, expect: 'unknown' },
  ],
};
const MANIFEST = { code: 'test', version: '1', title: bilingual('测试', 'Test'), effectiveFrom: '2026-01-01' };

interface Parts {
  readonly manifest: object;
  readonly rules: readonly object[];
  readonly parameters: readonly object[];
  readonly cases: readonly (readonly [string, object])[];
}
const GOOD: Parts = {
  manifest: MANIFEST,
  rules: [RULE],
  parameters: [PARAMETER],
  cases: [['cases/enquiries.json', CASES]],
};

const met = new Set<string>();

function messagesOf({ manifest, rules, parameters, cases }: Parts) {
  const messages = lintBook(
    {
      manifest: { file: 'manifest.json', content: manifest },
      rules: [{ file: 'a.rules.json', content: { rules } }],
      parameters: { file: 'parameters.json', content: { parameters } },
      cases: cases.map(([file, content]) => ({ file, content })),
      tables: [],
    },
    ON,
  );
  for (const { code } of messages) met.add(code);
  return messages;
}
const linesOf = (parts: Parts): string[] =>
  messagesOf(parts).map(({ level, path, code }) => `${level} ${path} ${code}`);

const rule = (change: object): Parts => ({ ...GOOD, rules: [{ ...RULE, ...change }] });
const when = (conditions: object): Parts => rule({ conditions });
const parameter = (change: object): Parts => ({ ...GOOD, parameters: [{ ...PARAMETER, ...change }] });
const caseFile = (change: object): Parts => ({ ...GOOD, cases: [['cases/enquiries.json', { ...CASES, ...change }]] });
const beside = (change: object): Parts => ({ ...GOOD, rules: [RULE, { ...RULE, id: 'other', ...change }] });

const leaf = (operator: string, value: unknown, fact = 'bureau.hardEnquiries12Months') => ({ fact, operator, value });
const limit = (key: string) => ({ fact: `policy.${key}` });
const income = (operator: string, value: unknown) => leaf(operator, value, 'repayment.debtToIncomePercent');
const items = (value: object) => leaf('some', value, 'collateral.items');
const inItem = (field: string, operator: string, value: unknown) => ({ field, operator, value });

it('a good book has nothing to mend', () => {
  expect(linesOf(GOOD)).toEqual([]);
});

describe('lint finds', () => {
  it.each<[string, Parts, string]>([
    ['a book without a rule', { ...GOOD, rules: [] }, 'error  book.no-rules'],
    [
      'a book with a title in one language',
      { ...GOOD, manifest: { ...MANIFEST, title: bilingual('Test', 'Test') } },
      'error manifest.json/title book.language',
    ],
    ['a count below zero', when(leaf('lessThan', 0)), 'error a.rules.json/rules/0/conditions rule.leaf-never'],
    ['a percentage below zero', when(income('lessThan', 0)), 'error a.rules.json/rules/0/conditions rule.leaf-never'],
    ['half an enquiry', when(leaf('equal', 1.5)), 'error a.rules.json/rules/0/conditions rule.leaf-never'],
    [
      'a count that is always at least zero',
      when({ all: [leaf('greaterThan', limit('hardEnquiriesTolerated')), leaf('greaterThanInclusive', 0)] }),
      'error a.rules.json/rules/0/conditions/all/1 rule.leaf-always',
    ],
    [
      'a list of values that leaves none out',
      when(leaf('in', ['rural', 'urban'], 'applicant.residence')),
      'error a.rules.json/rules/0/conditions rule.leaf-always',
    ],
    [
      'more than five and less than three',
      when({ all: [leaf('greaterThan', 5), leaf('lessThan', 3)] }),
      'error a.rules.json/rules/0/conditions rule.never-fires',
    ],
    [
      'a whole number between two that follow each other',
      when({ all: [leaf('greaterThan', 5), leaf('lessThan', 6)] }),
      'error a.rules.json/rules/0/conditions rule.never-fires',
    ],
    [
      'a contradiction that the parameters make',
      when({ all: [leaf('greaterThan', limit('hardEnquiriesTolerated')), leaf('lessThanInclusive', 6)] }),
      'error a.rules.json/rules/0/conditions rule.never-fires',
    ],
    [
      'two texts at once, below any and not',
      when({
        all: [
          leaf('equal', 'rural', 'applicant.residence'),
          { not: { any: [leaf('equal', 'rural', 'applicant.residence'), leaf('greaterThan', 5)] } },
        ],
      }),
      'error a.rules.json/rules/0/conditions rule.never-fires',
    ],
    [
      'a category that the rule is never asked of',
      {
        ...rule({
          appliesTo: { products: ['*'], categories: ['company'] },
          conditions: leaf('equal', 'sole_trader', 'application.productCategory'),
        }),
      },
      'error a.rules.json/rules/0/conditions rule.leaf-never',
    ],
    [
      'a fact or its contrary',
      when({ any: [leaf('greaterThan', 5), leaf('lessThanInclusive', 5)] }),
      'error a.rules.json/rules/0/conditions rule.always-fires',
    ],
    [
      'a record that cannot be',
      when(items({ all: [inItem('class', 'equal', 'housing'), inItem('class', 'equal', 'vehicle')] })),
      'error a.rules.json/rules/0/conditions/value rule.leaf-never',
    ],
    [
      'a part that says nothing more',
      when({ all: [leaf('greaterThan', 5), leaf('greaterThan', 3)] }),
      'warning a.rules.json/rules/0/conditions/all/1 rule.redundant-part',
    ],
    [
      'a percentage between two hundredths is no contradiction, only a limit of its own',
      when({ all: [income('greaterThan', 5), income('lessThan', 5.001)] }),
      'warning a.rules.json/rules/0/conditions/all/0/value rule.own-limit',
    ],
    [
      'a parameter without a value in the book',
      when(leaf('greaterThan', limit('taxLiensTolerated'))),
      'error a.rules.json/rules/0/conditions/value rule.parameter-without-value',
    ],
    [
      'a title without a Chinese character',
      rule({ title: bilingual('Enquiries', 'Too many') }),
      'error a.rules.json/rules/0/title/zh rule.language',
    ],
    [
      'Chinese in the English text',
      rule({ cure: bilingual('说明原因', 'Say 原因') }),
      'error a.rules.json/rules/0/cure/en rule.language',
    ],
    [
      'a text left open',
      rule({ cure: bilingual('（待填写）', '(to be filled in)') }),
      'error a.rules.json/rules/0/cure rule.fill-in',
    ],
    [
      'a fact shown in one language',
      rule({ reason: bilingual('次数过多', '{bureau.hardEnquiries12Months} times') }),
      'warning a.rules.json/rules/0/reason/zh rule.placeholder-language',
    ],
    [
      'a category that is none',
      rule({ appliesTo: { products: ['*'], categories: ['personal_other', 'yachts'] } }),
      'error a.rules.json/rules/0/appliesTo/categories/1 rule.category',
    ],
    [
      'a product that no union starts with',
      rule({ appliesTo: { products: ['personal-consumption', 'yacht-loan'] } }),
      'warning a.rules.json/rules/0/appliesTo/products/1 rule.product',
    ],
    [
      'a rule that has ended',
      rule({ effective: { from: '2026-01-01', to: '2026-11-23' } }),
      'warning a.rules.json/rules/0/effective/to rule.expired',
    ],
    [
      'a door at which nothing is decided',
      rule({ checkpoint: ['intake', 'approval'] }),
      'error a.rules.json/rules/0/checkpoint rule.not-asked',
    ],
    [
      'collateral asked for at the intake',
      when(leaf('greaterThan', limit('collateralFaultsTolerated'), 'collateral.unappraised')),
      'error a.rules.json/rules/0/checkpoint rule.fact-later',
    ],
    [
      'the posts asked for at the review',
      rule({ checkpoint: 'review', conditions: leaf('lessThan', limit('postsBeforeRelease'), 'release.postsActed') }),
      'error a.rules.json/rules/0/checkpoint rule.fact-later',
    ],
    ['the same rule twice', beside({}), 'error a.rules.json/rules/1/conditions rule.duplicate'],
    [
      'the same rule in other words',
      beside({ conditions: { not: leaf('lessThanInclusive', 6) } }),
      'error a.rules.json/rules/1/conditions rule.duplicate',
    ],
    [
      'the same conditions with another severity',
      beside({ severity: 'BLOCK' }),
      'error a.rules.json/rules/1/conditions rule.contradicts',
    ],
    [
      'a rule within another, no more severe',
      beside({ conditions: leaf('greaterThan', 8) }),
      'warning a.rules.json/rules/1/conditions rule.subsumed',
    ],
    ['an id twice', { ...GOOD, rules: [RULE, RULE] }, 'error /rules/enquiries rule.duplicate-id'],
    [
      'a parameter that the catalogue has not',
      { ...GOOD, parameters: [PARAMETER, { ...PARAMETER, key: 'policy.madeUp' }] },
      'error parameters.json/parameters/1/key parameter.unknown',
    ],
    [
      'a count below zero as a limit',
      parameter({ value: -1 }),
      'error parameters.json/parameters/0/value parameter.value',
    ],
    ['a limit that is a text', parameter({ value: '6' }), 'error parameters.json/parameters/0/value parameter.value'],
    ['a limit in another unit', parameter({ unit: 'days' }), 'error parameters.json/parameters/0/unit parameter.unit'],
    [
      'a limit without a source',
      parameter({ source: bilingual('待定', 'n/a') }),
      'error parameters.json/parameters/0/source/zh parameter.no-source',
    ],
    [
      'a source in one language',
      parameter({ source: bilingual('the notice', 'the notice') }),
      'error parameters.json/parameters/0/source parameter.language',
    ],
    [
      'a source left open',
      parameter({ source: bilingual('（待填写）', '(to be filled in)') }),
      'error parameters.json/parameters/0/source parameter.fill-in',
    ],
    [
      'a limit that ends before it begins',
      parameter({ to: '2025-12-31' }),
      'error parameters.json/parameters/0/to parameter.dates',
    ],
    [
      'two limits for the same days',
      {
        ...GOOD,
        parameters: [
          { ...PARAMETER, to: '2026-06-30' },
          { ...PARAMETER, from: '2026-06-30' },
        ],
      },
      'error parameters.json/parameters/0/to parameter.overlap',
    ],
    [
      'days between two limits',
      {
        ...GOOD,
        parameters: [
          { ...PARAMETER, to: '2026-06-30' },
          { ...PARAMETER, from: '2026-07-02' },
        ],
      },
      'warning parameters.json/parameters/0/to parameter.gap',
    ],
    [
      'a limit that has run out',
      parameter({ to: '2026-11-23' }),
      'warning parameters.json/parameters/0 parameter.not-in-force',
    ],
    [
      'a limit that no rule names',
      { ...GOOD, parameters: [PARAMETER, { ...PARAMETER, key: 'policy.taxLiensTolerated' }] },
      'warning parameters.json/parameters/1 parameter.unused',
    ],
    [
      'a limit that refers to another',
      parameter({ value: { fact: 'policy.hardEnquiriesTolerated' } }),
      'error parameters.json/parameters/0/value parameter.reference',
    ],
    ['a rule without cases', { ...GOOD, cases: [] }, 'error a.rules.json/rules/0/id case.no-file'],
    ['cases without a rule', caseFile({ rule: 'gone' }), 'error cases/enquiries.json/rule case.no-rule'],
    [
      'a case file by another name',
      { ...GOOD, cases: [['cases/questions.json', CASES]] },
      'error cases/questions.json/rule case.file-name',
    ],
    [
      'no case that it cannot judge',
      caseFile({ cases: CASES.cases.slice(0, 2) }),
      'error cases/enquiries.json/cases case.missing',
    ],
    [
      'a boundary with one side',
      caseFile({ cases: changedAt(CASES.cases, [1], () => at(9, 'finding')) }),
      'error cases/enquiries.json/cases case.boundary',
    ],
    [
      'a case with a fact that is not there',
      caseFile({ cases: [...CASES.cases, { ...at(8, 'finding'), facts: { 'bureau.madeUp': 1 } }] }),
      'error cases/enquiries.json/cases/3/facts/bureau.madeUp case.unknown-fact',
    ],
    [
      'a case with a parameter that is not there',
      caseFile({ cases: [...CASES.cases, { ...at(8, 'finding'), parameters: { 'policy.madeUp': 1 } }] }),
      'error cases/enquiries.json/cases/3/parameters/policy.madeUp case.unknown-parameter',
    ],
    [
      'cases of a category that is none',
      caseFile({ product: { code: 'personal-consumption', category: 'yachts' } }),
      'error cases/enquiries.json/product/category case.category',
    ],
    [
      'cases of a product that the rule does not concern',
      { ...rule({ appliesTo: { products: ['*'], categories: ['company'] } }) },
      'error cases/enquiries.json/product case.product',
    ],
    [
      'a case named in one language',
      caseFile({ cases: changedAt(CASES.cases, [0, 'name'], () => bilingual('6', '6')) }),
      'error cases/enquiries.json/cases/0/name case.language',
    ],
    [
      'a case left open',
      caseFile({ cases: changedAt(CASES.cases, [0, 'name'], () => bilingual('（待填写）', '(to be filled in)')) }),
      'error cases/enquiries.json/cases/0/name case.fill-in',
    ],
    [
      'two cases of one name',
      caseFile({ cases: [...CASES.cases, at(7, 'finding')] }),
      'warning cases/enquiries.json/cases/3/name case.same-name',
    ],
    [
      'a manifest left open',
      { ...GOOD, manifest: { ...MANIFEST, title: bilingual('（待填写）', '(to be filled in)') } },
      'error manifest.json/title book.fill-in',
    ],
  ])('%s', (_, parts, line) => {
    expect(linesOf(parts)).toContain(line);
  });
});

describe('lint says nothing of', () => {
  it.each<[string, Parts]>([
    [
      'an escalation: warned from five on, blocked from ten on',
      beside({ severity: 'BLOCK', conditions: leaf('greaterThan', 9) }),
    ],
    ['the same conditions at another door', beside({ checkpoint: 'release' })],
    [
      'the same conditions for another category',
      {
        ...GOOD,
        rules: [
          { ...RULE, appliesTo: { products: ['*'], categories: ['personal_other'] } },
          { ...RULE, id: 'other', appliesTo: { products: ['*'], categories: ['company'] } },
        ],
      },
    ],
    [
      'the same conditions on other days',
      {
        ...GOOD,
        rules: [
          { ...RULE, effective: { from: '2026-01-01', to: '2026-12-31' } },
          { ...RULE, id: 'other', effective: { from: '2027-01-01', to: null } },
        ],
      },
    ],
  ])('%s', (_, parts) => {
    const codes = messagesOf(parts).map(({ code }) => code);
    for (const code of ['rule.duplicate', 'rule.contradicts', 'rule.subsumed']) expect(codes).not.toContain(code);
  });
});

it('a fault of one file does not keep the others from being checked', () => {
  const lines = linesOf({ ...rule({ severity: 'STOP' }), parameters: [{ ...PARAMETER, unit: 'days' }] });
  expect(lines).toEqual(
    expect.arrayContaining([
      'error a.rules.json/rules/0/severity input.not-allowed',
      'error parameters.json/parameters/0/unit parameter.unit',
    ]),
  );
});

it('rules made to take for ever are left open rather than judged wrong, and soon', () => {
  const facts = ['bureau.taxLiens', 'bureau.bankruptcies', 'bureau.otherLenders', 'bureau.collections12Months'];
  const pairs = facts.flatMap((one) =>
    facts.filter((other) => other !== one).map((other) => leaf('lessThan', { fact: other }, one)),
  );
  const large = Array.from({ length: 48 }, (_, index) => ({
    any: [pairs[index % 12], leaf('notEqual', index, facts[index % 4])],
  }));
  const rules = Array.from({ length: 60 }, (_, index) => ({
    ...RULE,
    id: `large-${index}`,
    conditions: { all: large },
  }));
  const started = performance.now();
  const codes = messagesOf({ ...GOOD, rules }).map(({ code }) => code);
  expect(performance.now() - started).toBeLessThan(20_000);
  expect(codes).toContain('book.left-open');
  expect(codes).not.toContain('rule.never-fires');
});

it('each message says how to mend it, in both languages', () => {
  for (const { text, cure } of messagesOf({ ...GOOD, rules: [], cases: [] })) {
    for (const words of [text, cure])
      expect([words.zh, words.en]).toEqual([expect.stringMatching(/\p{Script=Han}/u), expect.stringMatching(/[a-z]/)]);
  }
  const cures = Object.values(LINT_CODES).map(({ cure }) => cure);
  expect(cures.filter(({ zh, en }) => !/\p{Script=Han}/u.test(zh) || /\p{Script=Han}/u.test(en))).toEqual([]);
});

it('every code about a book as a whole is met above', () => {
  const elsewhere = /^(file|input)\./;
  const ofReading = [
    ...Object.keys(TABLE_CODES),
    'rule.too-deep',
    'rule.too-many-leaves',
    'rule.unknown-operator',
    'rule.unknown-fact',
    'rule.unknown-field',
    'rule.operator',
    'rule.value-type',
    'rule.value-unknown',
    'rule.unit',
    'rule.portion',
    'rule.placeholder',
    'rule.dates',
    'rule.nobody-answers',
    'rule.waived-by-investigator',
    'rule.nobody-waives',
  ];
  const missing = Object.keys(LINT_CODES).filter((code) => !met.has(code) && !elsewhere.test(code));
  expect(missing.filter((code) => !ofReading.includes(code))).toEqual([]);
});
