import type { CivilDate } from '#libs/domain/civil-date.js';
import type { LoadedBook } from '#libs/platform/load-book.js';
import { type ParameterSet, parameterSet, parametersInForce } from '#libs/rules/parameters.js';
import type { Rule } from '#libs/rules/rule-format.js';
import { type CompiledRule, compileBook, DIALECTS } from '#libs/rules/sql/compile-book.js';
import { HAND_WRITTEN, type HandRule, type Limits } from './hand-written.js';

/** A rule under boundaries of its own. */
export interface BenchRule {
  /** Its id is unique among the rules of a contest. */
  readonly rule: Rule;
  readonly parameters: ParameterSet;
  readonly hand: HandRule;
}

/** How far apart the boundaries of one copy of the rules and the next are: further than those of two rules of one copy. */
const STEP = 3;

const moved = (key: string, value: number, turn: number): number =>
  value + turn * (key.endsWith('Fen') ? 100_000 : STEP);

const limitsOf = ({ values }: ParameterSet): Limits =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key.replace('policy.', ''), Number(value)]));

/** So many rules of the book that ships: those that are written out by hand, then again with other boundaries. */
export function benchRules({ book, parameters }: LoadedBook, count: number, on: CivilDate): BenchRule[] {
  const { values } = parametersInForce(parameters, on);
  const originals = book.rules.filter(({ id }) => Object.hasOwn(HAND_WRITTEN, id));
  return Array.from({ length: count }, (_, index) => {
    const rule = originals[index % originals.length] as Rule;
    const turn = Math.floor(index / originals.length);
    const turned = parameterSet(
      Object.fromEntries(
        Object.entries(values).map(([key, value]) => [
          key,
          typeof value === 'number' ? moved(key, value, turn) : value,
        ]),
      ),
    );
    const hand = HAND_WRITTEN[rule.id]?.(limitsOf(turned));
    if (hand === undefined) throw new Error(`bench: ${rule.id} is not written out by hand`);
    return { rule: { ...rule, id: `${rule.id}-${turn}` }, parameters: turned, hand };
  });
}

/** The rules as SQL, each under its own boundaries. */
export const compiledRules = (rules: readonly BenchRule[], on: CivilDate): CompiledRule[] =>
  rules.flatMap(({ rule, parameters }) =>
    compileBook([rule], { dialect: DIALECTS.duckdb, parameters, checkpoint: 'intake', on }),
  );
