import { readBook } from '../book.js';

const manifest = {
  file: 'manifest.json',
  content: { code: 'test', version: '1', title: { zh: '测试', en: 'Test' }, effectiveFrom: '2026-01-01' },
};
const good = {
  id: 'enquiries',
  clause: 'M2',
  checkpoint: 'intake',
  severity: 'REFER',
  answeredBy: 'deputy_director',
  title: { zh: '查询过多', en: 'Too many enquiries' },
  appliesTo: { products: ['*'] },
  effective: { from: '2026-01-01', to: null },
  conditions: {
    all: [
      {
        fact: 'bureau.hardEnquiries12Months',
        operator: 'greaterThan',
        value: { fact: 'policy.hardEnquiriesTolerated' },
      },
    ],
  },
  reason: { zh: '{bureau.hardEnquiries12Months} 次', en: '{bureau.hardEnquiries12Months} times' },
  cure: { zh: '说明原因', en: 'Say why' },
  whenUnknown: 'REFER',
};

const leaf = (value: object) => ({ conditions: { all: [value] } });
const faultsOf = (...rules: object[]): string[] => {
  const reading = readBook(manifest, [{ file: 'a.rules.json', content: { rules } }]);
  return 'faults' in reading ? reading.faults.map(({ path, code }) => `${path} ${code}`) : [];
};

describe('a rule file that would silently never fire does not load', () => {
  it('a good rule has no fault', () => {
    expect(faultsOf(good)).toEqual([]);
    expect(faultsOf({ ...good, waivedBy: 'vice_president' })).toEqual([]);
  });

  it.each<[string, object, string]>([
    [
      'a fact that is not in the catalogue',
      leaf({ fact: 'bureau.hardEnquiries', operator: 'greaterThan', value: 6 }),
      '/conditions/all/0/fact rule.unknown-fact',
    ],
    [
      'a parameter on the left',
      leaf({ fact: 'policy.hardEnquiriesTolerated', operator: 'greaterThan', value: 6 }),
      '/conditions/all/0/fact rule.unknown-fact',
    ],
    [
      'a parameter that is not there',
      leaf({ fact: 'bureau.hardEnquiries12Months', operator: 'greaterThan', value: { fact: 'policy.gone' } }),
      '/conditions/all/0/value rule.unknown-fact',
    ],
    [
      'an operator that the type cannot take',
      leaf({ fact: 'applicant.residence', operator: 'greaterThan', value: 'rural' }),
      '/conditions/all/0/operator rule.operator',
    ],
    [
      'a text against a number',
      leaf({ fact: 'bureau.hardEnquiries12Months', operator: 'greaterThan', value: '6' }),
      '/conditions/all/0/value rule.value-type',
    ],
    [
      'a text that the fact never has',
      leaf({ fact: 'applicant.residence', operator: 'equal', value: 'countryside' }),
      '/conditions/all/0/value rule.value-unknown',
    ],
    [
      'days against fen',
      leaf({ fact: 'bureau.reportAgeDays', operator: 'greaterThan', value: { fact: 'policy.netCapitalFen' } }),
      '/conditions/all/0/value rule.unit',
    ],
    [
      'a boolean against a number',
      leaf({ fact: 'application.unsecured', operator: 'equal', value: { fact: 'policy.netCapitalFen' } }),
      '/conditions/all/0/value rule.value-type',
    ],
    [
      'a portion of a gathered fact',
      leaf({
        fact: 'application.amountFen',
        operator: 'greaterThan',
        value: { percentOf: { fact: 'exposure.groupAfterFen' }, percent: { fact: 'policy.groupPercent' } },
      }),
      '/conditions/all/0/value rule.portion',
    ],
    [
      'a list read as a number',
      leaf({ fact: 'application.exceptionPapers', operator: 'greaterThan', value: 1 }),
      '/conditions/all/0/operator rule.operator',
    ],
    [
      'a field that the list has not',
      leaf({
        fact: 'application.exceptionPapers',
        operator: 'some',
        value: { field: 'title', operator: 'equal', value: 'x' },
      }),
      '/conditions/all/0/value/field rule.unknown-field',
    ],
    [
      'a sum over a text',
      leaf({
        fact: 'application.exceptionPapers',
        operator: 'sum',
        value: { field: 'name', operator: 'equal', value: 'repaymentPlan' },
      }),
      '/conditions/all/0/value/operator rule.operator',
    ],
    [
      'a placeholder that names nothing',
      { reason: { ...good.reason, en: '{bureau.enquiries}' } },
      '/reason/en rule.placeholder',
    ],
    ['a REFER that nobody answers', { answeredBy: null }, '/answeredBy rule.nobody-answers'],
    ['a waiver by who investigates', { waivedBy: 'field_credit_officer' }, '/waivedBy rule.waived-by-investigator'],
    [
      'a waiver by who investigates over authority',
      { waivedBy: 'customer_department_investigator' },
      '/waivedBy rule.waived-by-investigator',
    ],
    [
      'a waiver by the officer who answers for the loan',
      { waivedBy: 'responsible_credit_officer' },
      '/waivedBy rule.waived-by-investigator',
    ],
    ['a waiver by a post that acts on no loan', { waivedBy: 'compliance_checker' }, '/waivedBy rule.nobody-waives'],
    ['an end before its beginning', { effective: { from: '2026-01-01', to: '2025-12-31' } }, '/effective rule.dates'],
    [
      'a fact below not, any and all',
      { conditions: { not: { any: [{ all: [{ fact: 'x', operator: 'equal', value: 1 }] }] } } },
      '/conditions/not/any/0/all/0/fact rule.unknown-fact',
    ],
  ])('%s', (_, change, fault) => {
    expect(faultsOf({ ...good, ...change })).toEqual([`a.rules.json/rules/0${fault}`]);
  });

  it.each<[string, object, string]>([
    ['no clause', { clause: undefined }, '/clause input.wrong-type'],
    ['a clause that is none', { clause: 'Z9' }, '/clause input.wrong-format'],
    ['a severity that is none', { severity: 'STOP' }, '/severity input.not-allowed'],
    ['a waiver by a post that is none', { waivedBy: 'director' }, '/waivedBy input.not-allowed'],
    ['a waiver by no post, said in another way than by silence', { waivedBy: null }, '/waivedBy input.not-allowed'],
    ['no English title', { title: { zh: '查询' } }, '/title/en input.wrong-type'],
    ['an empty condition', { conditions: { all: [] } }, '/conditions/all input.too-small'],
    [
      'an operator that is none',
      leaf({ fact: 'bureau.hardEnquiries12Months', operator: 'exceeds', value: 6 }),
      '/conditions/all/0/operator rule.unknown-operator',
    ],
    [
      'a path into a fact',
      leaf({ fact: 'bureau.hardEnquiries12Months', path: '$.x', operator: 'equal', value: 6 }),
      '/conditions/all/0 input.unknown-field',
    ],
    ['a priority', { priority: 10 }, ' input.unknown-field'],
    ['a date that does not exist', { effective: { from: '2026-02-30', to: null } }, '/effective/from input.invalid'],
  ])('%s', (_, change, fault) => {
    expect(faultsOf({ ...good, ...change })).toEqual([`a.rules.json/rules/0${fault}`]);
  });

  it('faults of every rule and every file are told together, ids used twice too', () => {
    const reading = readBook({ ...manifest, content: {} }, [
      { file: 'a.rules.json', content: { rules: [good, { ...good, answeredBy: null }] } },
      { file: 'b.rules.json', content: {} },
    ]);
    const codes = 'faults' in reading ? reading.faults.map(({ path }) => path) : [];
    expect(codes).toEqual(
      expect.arrayContaining([
        'manifest.json/code',
        'a.rules.json/rules/1/answeredBy',
        'b.rules.json/rules',
        '/rules/enquiries',
      ]),
    );
  });

  it('a book is addressed by its content: the order of its files does not matter, its words do', () => {
    const other = { ...good, id: 'others' };
    const hashOf = (...rules: object[]) => {
      const reading = readBook(
        manifest,
        rules.map((one, index) => ({ file: `${index}`, content: { rules: [one] } })),
      );
      return 'book' in reading ? reading.book.hash : '';
    };
    expect(hashOf(good, other)).toBe(hashOf(other, good));
    expect(hashOf(good, other)).not.toBe(hashOf(good, { ...other, whenUnknown: 'BLOCK' }));
  });
});
