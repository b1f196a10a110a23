import type { EngineScalar } from '../../fact-value.js';
import { type Domains, domainsOf } from './domains.js';
import { type Formula, truthUnder } from './formula.js';

/** Comparisons that one question may cost, and all questions about a book: a made-up book cannot hold lint up. */
const MOST_FOR_A_QUESTION = 200_000;
const MOST_FOR_A_BOOK = 8_000_000;
/** What it costs to find the values to try, in comparisons for each comparison. */
const SETTING_UP = 10;

/** Answers whether formulas can hold, over all values of their facts; true only where it is certain. */
export class Judge {
  private left = MOST_FOR_A_BOOK;
  /** Whether a question was left open because it would have cost too much. */
  gaveUp = false;

  neverHolds(formula: Formula, narrowed?: Domains): boolean {
    return this.isSatisfiable(formula, narrowed) === false;
  }

  alwaysHolds(formula: Formula, narrowed?: Domains): boolean {
    return this.neverHolds({ not: formula }, narrowed);
  }

  implies(left: Formula, right: Formula, narrowed?: Domains): boolean {
    return this.neverHolds({ all: [left, { not: right }] }, narrowed);
  }

  /**
   * Facts are given their values one by one, and a branch ends as soon as what is known settles the formula. `narrowed` replaces the
   * values of some variables. Undefined where that costs too much, or where two values cannot be compared.
   */
  private isSatisfiable(formula: Formula, narrowed: Domains = new Map()): boolean | undefined {
    const cost = leavesOf(formula);
    this.left -= cost * SETTING_UP;
    if (this.left < 0) {
      this.gaveUp = true;
      return undefined;
    }
    const domains = [...domainsOf(formula)].map(([key, values]) => [key, narrowed.get(key) ?? values] as const);
    const values = new Map<string, EngineScalar>();
    let left = Math.min(MOST_FOR_A_QUESTION, this.left);
    const search = (depth: number): boolean | undefined => {
      left -= cost;
      this.left -= cost;
      if (left < 0) {
        this.gaveUp = true;
        return undefined;
      }
      const truth = truthUnder(formula, values);
      if (truth !== 'unknown') return truth === 'true';
      const [key, domain] = domains[depth] ?? [];
      if (key === undefined || domain === undefined) return undefined;
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
}

function leavesOf(formula: Formula): number {
  if ('all' in formula) return formula.all.reduce((sum, part) => sum + leavesOf(part), 0);
  if ('any' in formula) return formula.any.reduce((sum, part) => sum + leavesOf(part), 0);
  return 'not' in formula ? leavesOf(formula.not) : 1;
}
