import type { CivilDate } from '../../domain/civil-date.js';
import { makeBook, type RuleBook } from '../book.js';
import { caseFacts } from '../cases.js';
import { CheckpointGate } from '../evaluate.js';
import { parameterSet } from '../parameters.js';
import type { Condition, Manifest, Rule } from '../rule-format.js';
import { stricterOf } from '../stricter.js';
import { explain } from './explain.js';

const on = '2026-11-24' as CivilDate;
const product = { code: 'rural-personal', category: 'rural_personal' };
const parameters = parameterSet({ 'policy.hardEnquiriesTolerated': 6 });

const rule = (id: string, severity: Rule['severity'], conditions: Condition): Rule => ({
  id,
  clause: 'M2',
  checkpoint: 'release',
  severity,
  answeredBy: 'deputy_director',
  title: { zh: id, en: id },
  appliesTo: { products: ['*'] },
  effective: { from: '1990-01-01', to: null },
  conditions,
  reason: { zh: id, en: id },
  cure: { zh: id, en: id },
  whenUnknown: severity,
});
const more = (fact: string, value: number | { fact: string }): Condition => ({ fact, operator: 'greaterThan', value });
const bookOf = (version: string, ...rules: Rule[]): RuleBook =>
  makeBook({ manifest: { code: 'two', version } as Manifest, rules });

const LENDERS = rule('lenders', 'WARN', more('bureau.otherLenders', 2));
const tolerated = { fact: 'policy.hardEnquiriesTolerated' };
const ofTheDay = bookOf('2', LENDERS, rule('enquiries', 'REFER', more('bureau.hardEnquiries12Months', tolerated)));
const ofTheAcceptance = bookOf('1', LENDERS, rule('enquiries', 'REFER', more('bureau.hardEnquiries12Months', 4)));
const explained = (book: RuleBook, pinnedBook: RuleBook | null, facts: Record<string, unknown>) =>
  explain({ book, pinnedBook, parameters, checkpoint: 'release', product, on, facts: caseFacts(facts, on) });

const asked = ({ rules }: Awaited<ReturnType<typeof explain>>) =>
  rules.map(({ ruleId, bookHash, counts, verdict }) => {
    const version = bookHash === ofTheDay.hash ? '2' : '1';
    return `${ruleId} of ${version}: ${verdict}${counts ? '' : ' beside'}`;
  });
const turns = ({ improvements }: Awaited<ReturnType<typeof explain>>) =>
  improvements.map(({ name, to, verdict }) => `${name} ${String(to)}: ${verdict}`);

it('a finding of the book of the acceptance alone holds: no parameter of the other book turns it, its own limit does', async () => {
  const facts = { 'bureau.hardEnquiries12Months': 5, 'bureau.otherLenders': 0 };
  const told = await explained(ofTheDay, ofTheAcceptance, facts);
  expect(told).toMatchObject({ verdict: 'REFER', settledBy: ['enquiries'], book: { version: '2' } });
  expect(told.pinnedBook).toEqual({ code: 'two', version: '1', hash: ofTheAcceptance.hash });
  expect(asked(told)).toEqual(['enquiries of 1: REFER', 'enquiries of 2: PASS beside', 'lenders of 2: PASS']);
  expect(turns(told)).toEqual(['bureau.hardEnquiries12Months 4: PASS']);
});

it('where both books find it, both must be content: seven enquiries turn at the lower of the two limits', async () => {
  const facts = { 'bureau.hardEnquiries12Months': 7, 'bureau.otherLenders': 0 };
  const told = await explained(ofTheDay, ofTheAcceptance, facts);
  expect(asked(told)).toEqual(['enquiries of 2: REFER', 'enquiries of 1: REFER beside', 'lenders of 2: PASS']);
  expect(turns(told)).toEqual(['bureau.hardEnquiries12Months 4: PASS']);
  expect(turns(await explained(ofTheDay, null, facts))).toEqual([
    'bureau.hardEnquiries12Months 6: PASS',
    'policy.hardEnquiriesTolerated 7: PASS',
  ]);
});

it('is the outcome by which the decision was made, to the hash; one book, or the same twice, is that book', async () => {
  const facts = { 'bureau.hardEnquiries12Months': 5, 'bureau.otherLenders': 3 };
  const [first, second] = await Promise.all(
    [ofTheDay, ofTheAcceptance].map((one) =>
      new CheckpointGate(one.rules, parameters, on).decide(caseFacts(facts, on)),
    ),
  );
  if (first === undefined || second === undefined) throw new Error('two outcomes');
  const told = await explained(ofTheDay, ofTheAcceptance, facts);
  expect(told.outcomeHash).toBe(stricterOf(first, second).outcome.hash);
  const alone = await explained(ofTheDay, null, facts);
  expect([alone.outcomeHash, alone.pinnedBook]).toEqual([first.hash, null]);
  expect(alone.rules.every(({ bookHash, counts }) => counts && bookHash === ofTheDay.hash)).toBe(true);
});

it('two blocks of two books stand in the way of each other', async () => {
  const lender = bookOf('3', rule('lenders-block', 'BLOCK', more('bureau.otherLenders', 2)));
  const facts = { 'bureau.hardEnquiries12Months': 7, 'bureau.otherLenders': 3 };
  const told = await explained(lender, ofTheAcceptance, facts);
  expect(told.settledBy).toEqual(['lenders-block']);
  expect(told.obstacles).toEqual([
    { verdict: 'WARN', ruleIds: ['enquiries', 'lenders-block'] },
    { verdict: 'PASS', ruleIds: ['enquiries', 'lenders', 'lenders-block'] },
  ]);
  expect(turns(told)).toEqual(['bureau.otherLenders 2: REFER']);
});

it('throws where one of the books has no rule at that door, as deciding does', async () => {
  const none = bookOf('4', { ...LENDERS, checkpoint: 'intake' });
  await expect(explained(ofTheDay, none, {})).rejects.toThrow('no rule is in force');
});
