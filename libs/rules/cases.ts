import type { CivilDate } from '../domain/civil-date.js';
import type { RuleBook } from './book.js';
import { CATALOGUE } from './catalogue/index.js';
import { CheckpointGate, type Finding, isInForce } from './evaluate.js';
import type { FactSet, GatheredFact } from './fact-value.js';
import { type ParameterSet, parameterSet } from './parameters.js';
import type { CaseFile, Rule } from './rule-format.js';

export type CaseAnswer = CaseFile['cases'][number]['expect'];
export type GivenCase = CaseFile['cases'][number];

/** Facts of a case as the gatherer would give them, all of one day. */
export function caseFacts(values: Readonly<Record<string, unknown>>, on: CivilDate): FactSet {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, GatheredFact] => [
      name,
      { value, source: CATALOGUE.get(name)?.source ?? 'application', asOf: on },
    ]),
  );
}

/** The parameters of a case: those in force, with its own in their place. */
export const caseParameters = (given: GivenCase, inForce: ParameterSet): ParameterSet =>
  given.parameters === undefined ? inForce : parameterSet({ ...inForce.values, ...given.parameters });

/** What each of the rules answers to one case, each on its own, in their order. `parameters` are the case's. */
export async function answersOf(
  rules: readonly Rule[],
  product: CaseFile['product'],
  given: GivenCase,
  parameters: ParameterSet,
  on: CivilDate,
): Promise<CaseAnswer[]> {
  const asked = given.expect === 'not-evaluated' ? { code: 'another-product', category: 'another-category' } : product;
  const inForce = rules.filter((rule) => isInForce(rule, asked, on));
  if (inForce.length === 0) return rules.map(() => 'not-evaluated');
  const { findings } = await new CheckpointGate(inForce, parameters, on).decide(caseFacts(given.facts, on));
  const byId = new Map(findings.map((finding) => [finding.ruleId, finding]));
  return rules.map((rule) => (inForce.includes(rule) ? answerOf(byId.get(rule.id)) : 'not-evaluated'));
}

function answerOf(finding: Finding | undefined): CaseAnswer {
  if (finding === undefined) return 'none';
  if (finding.excepted !== null) return 'excepted';
  return finding.judged ? 'finding' : 'unknown';
}

/** Runs one case of a rule on its own and says what the rule answered. */
export async function runCase(
  book: RuleBook,
  ruleId: string,
  product: CaseFile['product'],
  given: GivenCase,
  parameters: ParameterSet,
  on: CivilDate,
): Promise<CaseAnswer> {
  const rule = book.rules.find(({ id }) => id === ruleId);
  if (rule === undefined) throw new Error(`no rule ${ruleId}`);
  const [answer] = await answersOf([rule], product, given, caseParameters(given, parameters), on);
  return answer ?? 'none';
}
