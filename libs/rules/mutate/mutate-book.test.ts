import type { CivilDate } from '../../domain/civil-date.js';
import { makeBook } from '../book.js';
import { parameterSet } from '../parameters.js';
import type { CaseFile, Condition, Manifest, Rule } from '../rule-format.js';
import { isEquivalent } from './equivalent.js';
import { mutantsOf } from './mutants.js';
import { mutateBook } from './mutate-book.js';

const ON = '2026-11-24' as CivilDate;
const words = { zh: '查询', en: 'enquiries' };
const MANIFEST = { code: 'test', version: '1', title: words, effectiveFrom: '2026-01-01' } as Manifest;
const LIMITS = parameterSet({ 'policy.hardEnquiriesTolerated': 6, 'policy.repaymentToIncomePercent': 50 });

const limit = (name: string) => ({ fact: `policy.${name}` });
const leaf = (operator: string, value: unknown, fact = 'bureau.hardEnquiries12Months') =>
  ({ fact, operator, value }) as Condition;
const ENQUIRIES = leaf('greaterThan', limit('hardEnquiriesTolerated'));

const ruleOf = (conditions: Condition, change: Partial<Rule> = {}): Rule => ({
  id: 'it',
  clause: 'M2',
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
  ...change,
});

type Case = CaseFile['cases'][number];
const given = (facts: Record<string, unknown>, expect: Case['expect'], parameters?: Case['parameters']): Case => ({
  name: words,
  facts,
  expect,
  ...(parameters === undefined ? {} : { parameters }),
});
const enquiries = (count: number, expect: Case['expect'], parameters?: Case['parameters']) =>
  given({ 'bureau.hardEnquiries12Months': count }, expect, parameters);

const mutate = (rule: Rule, cases: Case[]) =>
  mutateBook(
    makeBook({ manifest: MANIFEST, rules: [rule] }),
    [{ rule: 'it', product: { code: 'personal-consumption', category: 'personal_other' }, cases }],
    LIMITS,
    ON,
  );
const aliveOf = async (rule: Rule, cases: Case[]) =>
  (await mutate(rule, cases)).alive.map(({ kind, path, text }) => `${kind} ${path} ${text.en}`);

describe('a change is noticed where a case stands beside it', () => {
  it('both sides of the boundary notice everything', async () => {
    expect(await mutate(ruleOf(ENQUIRIES), [enquiries(6, 'none'), enquiries(7, 'finding')])).toEqual({
      mutants: 6, // negated, three other operators, the boundary up and down
      killed: 6,
      alive: [],
      equivalent: [],
    });
  });

  it('without the case at the boundary', async () => {
    expect(await aliveOf(ruleOf(ENQUIRIES), [enquiries(5, 'none'), enquiries(7, 'finding')])).toEqual([
      'operator /conditions/operator greaterThan becomes greaterThanInclusive',
      'boundary /conditions/value the threshold is 1 lower',
    ]);
  });

  it('without the case one step beyond it', async () => {
    expect(await aliveOf(ruleOf(ENQUIRIES), [enquiries(6, 'none'), enquiries(8, 'finding')])).toEqual([
      'boundary /conditions/value the threshold is 1 higher',
    ]);
  });

  it('a percentage moves by a hundredth', async () => {
    const income = leaf('greaterThan', limit('repaymentToIncomePercent'), 'repayment.debtToIncomePercent');
    const at = (percent: number, expect: Case['expect']) => given({ 'repayment.debtToIncomePercent': percent }, expect);
    expect(await aliveOf(ruleOf(income), [at(50, 'none'), at(50.02, 'finding')])).toEqual([
      'boundary /conditions/value the threshold is 0.01 higher',
    ]);
    expect(await aliveOf(ruleOf(income), [at(50, 'none'), at(50.01, 'finding')])).toEqual([]);
  });

  it('a case with a limit of its own moves from that limit', async () => {
    const own = { 'policy.hardEnquiriesTolerated': 2 };
    expect(await aliveOf(ruleOf(ENQUIRIES), [enquiries(2, 'none', own), enquiries(3, 'finding', own)])).toEqual([]);
  });

  it('a part that no case needs', async () => {
    const both = { all: [ENQUIRIES, leaf('equal', 'rural', 'applicant.residence')] };
    const facts = (count: number) => ({ 'bureau.hardEnquiries12Months': count, 'applicant.residence': 'rural' });
    const cases = [given(facts(6), 'none'), given(facts(7), 'finding')];
    expect(await aliveOf(ruleOf(both), cases)).toEqual(['drop /conditions/all part 2 of all is dropped']);
    const urban = given({ ...facts(7), 'applicant.residence': 'urban' }, 'none');
    expect(await aliveOf(ruleOf(both), [...cases, urban])).toEqual([]);
  });

  it('a value of a list, a category and an exception that no case needs', async () => {
    const rule = ruleOf(leaf('in', ['rural', 'urban'], 'applicant.residence'), {
      appliesTo: { products: ['*'], categories: ['personal_other'] },
      exceptions: [{ clause: 'C9', needs: ['repaymentPlan'], answeredBy: 'president' }],
    });
    const cases = [given({ 'applicant.residence': 'rural' }, 'finding')];
    expect(await aliveOf(rule, cases)).toEqual([
      'member /conditions/value urban is left out of the list',
      'scope /appliesTo it applies to every category',
      'exception /exceptions the exception C9 is gone',
      'exception /exceptions/0/needs the exception does without repaymentPlan',
    ]);
  });

  it('a rule without a case keeps every change', async () => {
    const report = await mutate(ruleOf(ENQUIRIES), [given({}, 'unknown')]);
    expect([report.mutants, report.killed]).toEqual([6, 0]);
  });
});

describe('a change that changes no answer is set aside, with what proves it', () => {
  it('a value that stands twice in a list', async () => {
    const rule = ruleOf(leaf('in', ['rural', 'rural'], 'applicant.residence'));
    const cases = [
      given({ 'applicant.residence': 'rural' }, 'finding'),
      given({ 'applicant.residence': 'urban' }, 'none'),
    ];
    const report = await mutate(rule, cases);
    expect(report.alive).toEqual([]);
    expect(report.equivalent.map(({ kind }) => kind)).toEqual(['member', 'member']);
    expect(report.killed).toBe(report.mutants);
  });

  it.each<[string, Condition, Condition, boolean]>([
    ['the same comparison twice', { all: [ENQUIRIES, ENQUIRIES] }, ENQUIRIES, true],
    ['below one and equal to zero', leaf('lessThan', 1), leaf('equal', 0), true],
    ['more than six and at least seven', leaf('greaterThan', 6), leaf('greaterThanInclusive', 7), true],
    ['more than six and at least six', leaf('greaterThan', 6), leaf('greaterThanInclusive', 6), false],
    [
      'true of everything that is known is not the same as true',
      { any: [leaf('greaterThan', 6), leaf('lessThanInclusive', 6), leaf('equal', true, 'bureau.reportPresent')] },
      { any: [leaf('greaterThan', 6), leaf('equal', true, 'bureau.reportPresent')] },
      false,
    ],
    [
      'limits of one height today may part tomorrow',
      leaf('greaterThan', limit('hardEnquiriesTolerated')),
      leaf('greaterThan', limit('taxLiensTolerated')),
      false,
    ],
  ])('%s', (_, left, right, same) => {
    expect(isEquivalent(ruleOf(left), ruleOf(right))).toBe(same);
  });

  it('never a limit that moves with a parameter', () => {
    const rule = ruleOf(ENQUIRIES);
    const boundaries = mutantsOf(rule).filter(({ kind }) => kind === 'boundary');
    expect(boundaries.map((one) => isEquivalent(rule, one.make(parameterSet({}))))).toEqual([false, false]);
  });
});
