import type { CivilDate } from '../../domain/civil-date.js';
import { and, not, or, type Truth } from '../../domain/kleene.js';
import type { Verdict } from '../../domain/verdict.js';
import { CATALOGUE } from '../catalogue/index.js';
import { factsOf, resolveLeafValue } from '../engine.js';
import { EXCEPTION_FACTS, grantedException } from '../evaluate.js';
import { admitFact, type EngineValue, type FactSet, UNKNOWN } from '../fact-value.js';
import { compare } from '../operators.js';
import type { ParameterSet } from '../parameters.js';
import { policyNames } from '../parameters-named.js';
import type { Condition, ConditionLeaf, Rule } from '../rule-format.js';

/** All that a checkpoint decided on. */
export interface Situation {
  /** The rules asked of each book that decides: `second` beside `first` where the stricter of both counts. */
  readonly books: { readonly first: readonly Rule[]; readonly second: readonly Rule[] | null };
  readonly parameters: ParameterSet;
  readonly facts: FactSet;
  readonly on: CivilDate;
}

type Admitted = Readonly<Record<string, EngineValue>>;

/** Facts and parameters that a rule's answer hangs on. */
export const namesOf = (rule: Rule): ReadonlySet<string> =>
  new Set([
    ...factsOf(rule.conditions),
    ...policyNames(rule.conditions),
    ...(rule.exceptions === undefined ? [] : EXCEPTION_FACTS),
  ]);

export function admittedFact({ facts, on }: Situation, name: string) {
  const definition = CATALOGUE.get(name);
  if (definition === undefined) throw new Error(`no fact ${name} in the catalogue`);
  return admitFact(definition, Object.hasOwn(facts, name) ? facts[name] : undefined, on);
}

/** Both sides of a leaf as the engine compares them. */
export function sidesOf(leaf: ConditionLeaf, situation: Situation): { left: EngineValue; right: unknown } {
  const right = resolveLeafValue(leaf, situation.parameters);
  const left = admittedFact(situation, leaf.fact).value;
  const another = typeof right === 'object' && right !== null && 'fact' in right && !('operator' in right);
  return { left, right: another ? admittedFact(situation, String(right.fact)).value : right };
}

/** The truth of a condition by a plain walk; a property test holds it equal to the engine's. */
function truthOfCondition(condition: Condition, situation: Situation): Truth {
  if ('all' in condition) return and(condition.all.map((part) => truthOfCondition(part, situation)));
  if ('any' in condition) return or(condition.any.map((part) => truthOfCondition(part, situation)));
  if ('not' in condition) return not(truthOfCondition(condition.not, situation));
  const { left, right } = sidesOf(condition, situation);
  return compare(condition.operator, left, right);
}

/** What one rule says: PASS where it finds nothing. */
export function verdictOfRule(rule: Rule, situation: Situation): Verdict {
  const truth = truthOfCondition(rule.conditions, situation);
  if (truth === 'false') return 'PASS';
  if (truth === 'unknown') return rule.whenUnknown;
  const admitted: Admitted = Object.fromEntries(
    EXCEPTION_FACTS.map((name) => [name, rule.exceptions ? admittedFact(situation, name).value : UNKNOWN]),
  );
  return grantedException(rule, admitted) ? 'REFER' : rule.severity;
}
