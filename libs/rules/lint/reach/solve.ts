import type { EngineScalar } from '../../fact-value.js';
import { type Domains, domainsOf } from './domains.js';
import { type Formula, truthUnder } from './formula.js';

/** Beyond this many trials nothing is said: a rule with very many facts is not judged by lint. */
const MOST_TRIALS = 20_000;

/**
 * Whether some facts make the formula true; undefined where that took too long to find out. Facts are given their values one by
 * one, and a branch ends as soon as what is known settles the formula. `narrowed` replaces the values of some variables.
 */
function isSatisfiable(formula: Formula, narrowed: Domains = new Map()): boolean | undefined {
  const domains = [...domainsOf(formula)].map(([key, values]) => [key, narrowed.get(key) ?? values] as const);
  const values = new Map<string, EngineScalar>();
  let trials = 0;
  const search = (depth: number): boolean | undefined => {
    trials += 1;
    if (trials > MOST_TRIALS) return undefined;
    const truth = truthUnder(formula, values);
    if (truth !== 'unknown') return truth === 'true';
    const [key, domain] = domains[depth] ?? [];
    if (key === undefined || domain === undefined) return undefined; // two values that cannot be compared
    for (const value of domain) {
      values.set(key, value);
      const found = search(depth + 1);
      values.delete(key);
      if (found !== false) return found;
    }
    return false;
  };
  return search(0);
}

/** True only where it is certain. */
export const neverHolds = (formula: Formula, narrowed?: Domains): boolean => isSatisfiable(formula, narrowed) === false;
export const alwaysHolds = (formula: Formula, narrowed?: Domains): boolean => neverHolds({ not: formula }, narrowed);
export const implies = (left: Formula, right: Formula, narrowed?: Domains): boolean =>
  neverHolds({ all: [left, { not: right }] }, narrowed);
