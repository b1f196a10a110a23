import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import type { CivilDate } from '../domain/civil-date.js';
import { caseFacts } from './cases.js';
import { CheckpointGate, NoRulesInForce, rulesInForce } from './evaluate.js';
import type { FactSet } from './fact-value.js';
import { Gates } from './gates.js';
import { parametersInForce } from './parameters.js';
import type { Rule } from './rule-format.js';

const on = '2026-11-24' as CivilDate;
const { book, parameters } = await loadBook(defaultBookFolder());
const inForce = parametersInForce(parameters, on);
const ruleOf = (id: string): Rule => book.rules.find((one) => one.id === id)!;
const decide = (ids: string[], facts: Record<string, unknown> | FactSet, raw = false) =>
  new CheckpointGate(ids.map(ruleOf), inForce, on).decide(raw ? (facts as FactSet) : caseFacts(facts, on));

describe('a checkpoint', () => {
  it('says the worst of its findings: BLOCK over REFER over WARN over PASS', async () => {
    const rules = ['overdue-now', 'enquiries', 'other-lenders-warn'];
    const facts = (overdue: number, enquiries: number, lenders: number) => ({
      'bureau.accountsOverdueNow': overdue,
      'bureau.hardEnquiries12Months': enquiries,
      'bureau.otherLenders': lenders,
    });
    expect((await decide(rules, facts(1, 9, 2))).verdict).toBe('BLOCK');
    expect((await decide(rules, facts(0, 9, 2))).verdict).toBe('REFER');
    expect((await decide(rules, facts(0, 0, 2))).verdict).toBe('WARN');
    expect((await decide(rules, facts(0, 0, 0))).verdict).toBe('PASS');
  });

  it('gives the same bytes for the same facts, and other bytes for others', async () => {
    const facts = { 'bureau.hardEnquiries12Months': 9 };
    const [one, two, other] = [
      await decide(['enquiries'], facts),
      await decide(['enquiries'], facts),
      await decide(['enquiries'], { 'bureau.hardEnquiries12Months': 10 }),
    ];
    expect(two).toEqual(one);
    expect(other.hash).not.toBe(one.hash);
  });

  it('without a rule in force there is none: the loan stops', () => {
    expect(() => new CheckpointGate([], inForce, on)).toThrow(NoRulesInForce);
    expect(() => new Gates().gate(book, inForce, 'post-loan', { code: 'x', category: 'company' }, on)).toThrow(
      NoRulesInForce,
    );
  });

  it('a rule outside its dates, products or checkpoint is not asked, which is not unknown', () => {
    const product = { code: 'rural-personal', category: 'rural_personal' };
    const ids = (date: string, asked = product) =>
      rulesInForce(book, 'intake', asked, date as CivilDate).map(({ id }) => id);
    expect(ids('2026-11-24')).not.toContain('joint-guarantee-size');
    expect(ids('2026-11-24', { code: 'farmer-joint-guarantee', category: 'farmer_joint_guarantee' })).toContain(
      'joint-guarantee-size',
    );
    const dated = { ...book, rules: [{ ...ruleOf('enquiries'), effective: { from: '2026-01-01', to: '2026-06-30' } }] };
    const asked = (date: string) => rulesInForce(dated, 'intake', product, date as CivilDate).length;
    expect(['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map(asked)).toEqual([0, 1, 1, 0]);
  });
});

describe('facts', () => {
  const facts = (gathered: unknown): FactSet => ({ 'bureau.hardEnquiries12Months': gathered }) as FactSet;

  it.each([
    ['not gathered', {}, 'not-gathered'],
    ['told to be unavailable', facts({ unknown: 'unavailable', source: 'bureau' }), 'unavailable'],
    ['malformed', facts({ value: '9', source: 'bureau', asOf: on }), 'malformed'],
    ['a bare value without a source', facts(9), 'not-gathered'],
    ['null', facts(null), 'not-gathered'],
  ])('one that is %s makes a finding that says so', async (_, given, cause) => {
    const { verdict, findings } = await decide(['enquiries'], given as FactSet, true);
    expect(verdict).toBe('REFER');
    expect(findings[0]).toMatchObject({ judged: false, operands: [{ left: { unknown: cause }, truth: 'unknown' }] });
    expect(findings[0]?.reason.zh).toMatch(/无法判断/);
    expect(findings[0]?.reason.en).toMatch(/Cannot judge/);
  });

  it('one inherited from the prototype is not gathered', async () => {
    const given = Object.create({
      'bureau.hardEnquiries12Months': { value: 0, source: 'bureau', asOf: on },
    }) as FactSet;
    expect((await decide(['enquiries'], given, true)).verdict).toBe('REFER');
  });

  it('"never late" is known, and later than every number of months', async () => {
    expect(
      (await decide(['late-90-days-in-24-months'], { 'bureau.monthsSince90DaysLate': { never: true } })).verdict,
    ).toBe('PASS');
    expect((await decide(['enquiries'], { 'bureau.hardEnquiries12Months': { never: true } })).verdict).toBe('REFER');
  });

  it('a reason shows money in yuan, in both languages', async () => {
    const { findings } = await decide(['single-borrower-limit'], { 'exposure.applicantAfterFen': 10_000_000_001 });
    expect(findings[0]?.reason.zh).toContain('100,000,000.01元');
    expect(findings[0]?.reason.en).toContain('CNY 100,000,000.01');
  });
});

describe('the exception of C9', () => {
  const asked = (clause: string, papers: string[]) => ({
    'inHouse.applicant.nonPerformingLoans': 1,
    'application.exceptionClause': clause,
    'application.exceptionPapers': papers.map((name) => ({ name })),
  });

  it('turns the block into a referral, recorded as excepted, never as no finding', async () => {
    const { verdict, findings } = await decide(['npl-applicant'], asked('C9', ['repaymentPlan', 'overAuthorityRoute']));
    expect(verdict).toBe('REFER');
    expect(findings).toMatchObject([
      {
        severity: 'BLOCK',
        verdict: 'REFER',
        excepted: 'C9',
        answeredBy: ruleOf('npl-applicant').exceptions?.[0]?.answeredBy,
      },
    ]);
  });

  it.each([
    ['without all its papers', asked('C9', ['repaymentPlan'])],
    ['not asked for', asked('none', ['repaymentPlan', 'overAuthorityRoute'])],
    [
      'with papers that are no list',
      { ...asked('C9', []), 'application.exceptionPapers': 'repaymentPlan,overAuthorityRoute' },
    ],
  ])('%s is none', async (_, facts) => {
    expect((await decide(['npl-applicant'], facts)).verdict).toBe('BLOCK');
  });

  it('does not help where the rule could not judge', async () => {
    const { ['inHouse.applicant.nonPerformingLoans']: _gone, ...facts } = asked('C9', [
      'repaymentPlan',
      'overAuthorityRoute',
    ]);
    const { findings } = await decide(['npl-applicant'], facts);
    expect(findings).toMatchObject([{ judged: false, excepted: null, verdict: 'REFER' }]);
  });
});

describe('parameters', () => {
  it('one that has run out is not there', () => {
    const limited = [{ ...parameters[0]!, to: '2026-11-23' }];
    expect(parametersInForce(limited, '2026-11-23' as CivilDate).values).toHaveProperty([parameters[0]!.key]);
    expect(parametersInForce(limited, on).values).toEqual({});
  });

  it('every rule names its limits; none carries a number of its own', () => {
    for (const { id, conditions } of book.rules) {
      expect([id, JSON.stringify(conditions).match(/"value":-?\d/)]).toEqual([id, null]);
    }
  });
});
