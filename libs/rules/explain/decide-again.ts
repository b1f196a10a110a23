import { CheckpointGate, type Outcome } from '../evaluate.js';
import type { FactSet } from '../fact-value.js';
import type { Rule } from '../rule-format.js';
import { type StricterOutcome, stricterOf } from '../stricter.js';
import type { Situation } from './situation.js';

/** What each book said, and what counts of it. */
export interface DecidedAgain extends StricterOutcome {
  readonly first: Outcome;
  readonly second: Outcome | null;
}

/** The live gates of a situation's books, run together as the decision was. Throws NoRulesInForce where a book has no rule to ask. */
export function gatesOf({
  books,
  parameters,
  on,
}: Omit<Situation, 'facts'>): (facts: FactSet) => Promise<DecidedAgain> {
  const gate = (rules: readonly Rule[]): CheckpointGate => new CheckpointGate(rules, parameters, on);
  const first = gate(books.first);
  const second = books.second === null ? null : gate(books.second);
  return async (facts) => {
    const own = await first.decide(facts);
    const other = second === null ? null : await second.decide(facts);
    return { first: own, second: other, ...stricterOf(own, other) };
  };
}
