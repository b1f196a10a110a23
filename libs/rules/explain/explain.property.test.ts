import fc from 'fast-check';
import type { CivilDate } from '../../domain/civil-date.js';
import { worstVerdict } from '../../domain/verdict.js';
import { makeBook, type RuleBook } from '../book.js';
import { CheckpointGate, rulesInForce } from '../evaluate.js';
import type { FactSet } from '../fact-value.js';
import { type ParameterSet, parameterSet } from '../parameters.js';
import type { Condition, Manifest, Rule } from '../rule-format.js';
import type { Counterfactual } from './counterfactual.js';
import { explain } from './explain.js';

const on = '2026-11-24' as CivilDate;
const product = { code: 'rural-personal', category: 'rural_personal' };
const numbers = ['bureau.otherLenders', 'bureau.taxLiens', 'jointGuarantee.households'];
const parameters = ['policy.otherLendersWarn', 'policy.taxLiensTolerated', 'policy.jointGuaranteeMaximum'];
const MOST = 24;

const order = fc.constantFrom(
  'greaterThan',
  'greaterThanInclusive',
  'lessThan',
  'lessThanInclusive',
  'equal',
  'notEqual',
);
const small = fc.integer({ min: 0, max: 9 });
const leaf = fc.oneof(
  fc.record({
    fact: fc.constantFrom(...numbers),
    operator: order,
    value: fc.record({ fact: fc.constantFrom(...parameters) }),
  }),
  fc.record({
    fact: fc.constantFrom(...numbers),
    operator: order,
    value: fc.oneof(
      small,
      fc.constantFrom(...numbers, ...parameters).map((fact) => ({ fact })),
    ),
  }),
  fc.record({
    fact: fc.constantFrom(...numbers),
    operator: fc.constantFrom('in', 'notIn'),
    value: fc.array(small, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ fact: fc.constant('bureau.consentValid'), operator: fc.constant('equal'), value: fc.boolean() }),
  fc.record({
    fact: fc.constant('branch.location'),
    operator: fc.constant('in'),
    value: fc.constant(['township', 'county_town']),
  }),
  fc.record({
    fact: fc.constant('bureau.monthsSince90DaysLate'),
    operator: order,
    value: small,
  }),
  fc.record({
    fact: fc.constant('collateral.items'),
    operator: fc.constantFrom('some', 'every'),
    value: fc.record({ field: fc.constant('loanToValuePercent'), operator: order, value: small }),
  }),
) as fc.Arbitrary<Condition>;
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'xsmall' },
    leaf,
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
}));

const verdict = fc.constantFrom('WARN' as const, 'REFER' as const, 'BLOCK' as const);
const rules = fc
  .array(fc.record({ conditions: condition, severity: verdict, whenUnknown: verdict }), { minLength: 1, maxLength: 3 })
  .map((made) =>
    made.map(
      (one, index): Rule => ({
        ...one,
        id: `rule-${index}`,
        clause: 'M2',
        checkpoint: 'intake',
        answeredBy: 'deputy_director',
        title: { zh: '规则', en: 'rule' },
        appliesTo: { products: ['*'] },
        effective: { from: '1990-01-01', to: null },
        reason: { zh: '理由', en: 'reason' },
        cure: { zh: '补正', en: 'mend' },
      }),
    ),
  );
const gathered = (value: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { weight: 9, arbitrary: value.map((one) => ({ value: one, source: 'bureau', asOf: on })) },
    { weight: 1, arbitrary: fc.constant({ unknown: 'not-stated', source: 'bureau' }) },
  );
const facts = fc.record({
  'bureau.otherLenders': gathered(small),
  'bureau.taxLiens': gathered(small),
  'jointGuarantee.households': gathered(small),
  'bureau.consentValid': gathered(fc.boolean()),
  'branch.location': gathered(fc.constantFrom('township', 'county_town', 'business_department')),
  'bureau.monthsSince90DaysLate': gathered(fc.oneof(small, fc.constant({ never: true }))),
  'collateral.items': gathered(
    fc.array(fc.record({ class: fc.constant('housing'), loanToValuePercent: small }), { maxLength: 2 }),
  ),
}) as unknown as fc.Arbitrary<FactSet>;
const values = fc.record(Object.fromEntries(parameters.map((name) => [name, small])));

const bookOf = (made: readonly Rule[]): RuleBook =>
  makeBook({ manifest: { code: 'it', version: '1' } as Manifest, rules: made });
const outcomeOf = (book: RuleBook, set: ParameterSet, given: FactSet) =>
  new CheckpointGate(rulesInForce(book, 'intake', product, on), set, on).decide(given);
/** The worst that any of the books says. */
const decide = async (books: readonly RuleBook[], set: ParameterSet, given: FactSet) => {
  const said = await Promise.all(books.map((book) => outcomeOf(book, set, given)));
  return worstVerdict(said.map((outcome) => outcome.verdict));
};

/** The nearest whole number that brings about each other verdict, by trying all of them. */
async function byBruteForce(now: number, said: string, decideAt: (value: number) => Promise<string>) {
  const nearest = new Map<string, number>();
  for (let value = 0; value <= MOST; value += 1) {
    const turned = await decideAt(value);
    if (turned !== said) nearest.set(turned, Math.min(nearest.get(turned) ?? MOST, Math.abs(value - now)));
  }
  return Object.fromEntries([...nearest].sort());
}

const byVerdict = (found: readonly Counterfactual[], name: string, now: number) =>
  Object.fromEntries(
    found
      .filter((one) => one.name === name)
      .map((one): [string, number] => [one.verdict, Math.abs(Number(one.to) - now)])
      .sort(),
  );

it('the tree says what the engine says, and no nearer value of a fact or parameter turns the verdict than the one told', async () => {
  const seen = { better: 0, worse: 0, unknown: 0, parameters: 0, ofPinned: 0, beside: 0 };
  await fc.assert(
    fc.asyncProperty(rules, fc.option(rules), facts, values, async (made, other, given, put) => {
      const [book, pinnedBook, set] = [bookOf(made), other && bookOf(other), parameterSet(put)];
      const books = pinnedBook === null ? [book] : [book, pinnedBook];
      const matter = { book, pinnedBook, parameters: set, checkpoint: 'intake' as const, product, on };
      const told = await explain({ ...matter, facts: given });
      const outcomes = await Promise.all(books.map((one) => outcomeOf(one, set, given)));
      for (const rule of told.rules) {
        const ofBook = outcomes[books.findIndex(({ hash }) => hash === rule.bookHash)];
        const finding = ofBook?.findings.find(({ ruleId }) => ruleId === rule.ruleId);
        expect([rule.ruleId, rule.truth]).toEqual([
          rule.ruleId,
          finding === undefined ? 'false' : finding.judged ? 'true' : 'unknown',
        ]);
        expect(rule.conditions[0]?.truth).toBe(rule.truth);
        if (rule.truth === 'unknown') seen.unknown += 1;
        if (rule.counts && rule.bookHash !== book.hash) seen.ofPinned += 1;
        if (!rule.counts) seen.beside += 1;
      }
      const counting = told.rules.filter(({ counts }) => counts);
      expect(counting.map(({ ruleId }) => ruleId)).toEqual([...new Set(told.rules.map(({ ruleId }) => ruleId))]);
      for (const { ruleId, verdict: said } of counting) {
        const ofEach = outcomes.flatMap(({ findings }) => findings.filter((one) => one.ruleId === ruleId));
        expect([ruleId, said]).toEqual([ruleId, worstVerdict(ofEach.map((one) => one.verdict))]);
      }
      const all = [...told.improvements, ...told.worsenings];
      for (const name of numbers) {
        const fact = given[name];
        const now = fact !== undefined && 'value' in fact ? (fact.value as number) : null;
        if (now === null) continue;
        const put = (value: number): FactSet => ({ ...given, [name]: { value, source: 'bureau', asOf: on } });
        const brute = await byBruteForce(now, told.verdict, (value) => decide(books, set, put(value)));
        const wanted = Object.fromEntries(Object.entries(brute).filter(([turned]) => isTold(turned, told.verdict)));
        expect([name, byVerdict(all, name, now)]).toEqual([name, wanted]);
        seen.better += told.improvements.length;
        seen.worse += told.worsenings.length;
      }
      for (const name of parameters) {
        const now = put[name] as number;
        const brute = await byBruteForce(now, told.verdict, (value) =>
          decide(books, parameterSet({ ...put, [name]: value }), given),
        );
        const wanted = Object.fromEntries(
          Object.entries(brute).filter(([turned]) => rank(turned) < rank(told.verdict)),
        );
        expect([name, byVerdict(told.improvements, name, now)]).toEqual([name, wanted]);
        seen.parameters += Object.keys(wanted).length;
      }
    }),
    { numRuns: 200 },
  );
  for (const [what, count] of Object.entries(seen)) expect([what, count > 5]).toEqual([what, true]);
});

const rank = (verdict: string): number => ['PASS', 'WARN', 'REFER', 'BLOCK'].indexOf(verdict);
const isTold = (turned: string, now: string): boolean => now === 'PASS' || rank(turned) < rank(now);
