import type { CivilDate } from '../domain/civil-date.js';
import type { RuleBook } from './book.js';
import { CATALOGUE } from './catalogue/index.js';
import { CheckpointGate, rulesInForce } from './evaluate.js';
import type { FactSet, GatheredFact } from './fact-value.js';
import { type ParameterSet, parameterSet } from './parameters.js';
import { type CaseFile, doorsOf } from './rule-format.js';

export type CaseAnswer = CaseFile['cases'][number]['expect'];

/** Facts of a case as the gatherer would give them, all of one day. */
export function caseFacts(values: Readonly<Record<string, unknown>>, on: CivilDate): FactSet {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, GatheredFact] => [
      name,
      { value, source: CATALOGUE.get(name)?.source ?? 'application', asOf: on },
    ]),
  );
}

/** Runs one case of a rule on its own and says what the rule answered. */
export async function runCase(
  book: RuleBook,
  ruleId: string,
  product: CaseFile['product'],
  given: CaseFile['cases'][number],
  parameters: ParameterSet,
  on: CivilDate,
): Promise<CaseAnswer> {
  const rule = book.rules.find(({ id }) => id === ruleId);
  if (rule === undefined) throw new Error(`no rule ${ruleId}`);
  const asked = given.expect === 'not-evaluated' ? { code: 'another-product', category: 'another-category' } : product;
  if (!doorsOf(rule).every((door) => rulesInForce(book, door, asked, on).includes(rule))) return 'not-evaluated';
  const values = parameterSet({ ...parameters.values, ...given.parameters });
  const { findings } = await new CheckpointGate([rule], values, on).decide(caseFacts(given.facts, on));
  const [finding] = findings;
  if (finding === undefined) return 'none';
  if (finding.excepted !== null) return 'excepted';
  return finding.judged ? 'finding' : 'unknown';
}
