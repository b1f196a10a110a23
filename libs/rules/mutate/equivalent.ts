import { type EngineScalar, UNKNOWN } from '../fact-value.js';
import { domainsOf } from '../lint/reach/domains.js';
import { type Formula, formulaOf, truthUnder } from '../lint/reach/formula.js';
import { parameterSet } from '../parameters.js';
import type { Rule } from '../rule-format.js';

const MOST_TRIALS = 20_000;
const NO_PARAMETERS = parameterSet({});

/**
 * Whether a changed rule answers as the rule itself does, whatever the facts and the parameters: true only where every combination of
 * true, false and unknown was tried. Such a change is none, and no case can notice it.
 */
export function isEquivalent(rule: Rule, changed: Rule): boolean {
  const { conditions: _, ...rest } = rule;
  const { conditions: __, ...changedRest } = changed;
  if (JSON.stringify(rest) !== JSON.stringify(changedRest)) return false;
  if (JSON.stringify(rule.conditions) === JSON.stringify(changed.conditions)) return false; // moves with the parameters
  const [left, right] = [formulaOf(rule.conditions, NO_PARAMETERS), formulaOf(changed.conditions, NO_PARAMETERS)];
  return sameEverywhere(left, right);
}

function sameEverywhere(left: Formula, right: Formula): boolean {
  const domains = [...domainsOf({ all: [left, right] })];
  const trials = domains.reduce((product, [, values]) => product * (values.length + 1), 1);
  if (trials > MOST_TRIALS) return false;
  const values = new Map<string, EngineScalar>();
  const same = (depth: number): boolean => {
    const [key, domain] = domains[depth] ?? [];
    if (key === undefined || domain === undefined) return truthUnder(left, values) === truthUnder(right, values);
    return ([...domain, UNKNOWN] as EngineScalar[]).every((value) => {
      values.set(key, value);
      return same(depth + 1);
    });
  };
  return same(0);
}
