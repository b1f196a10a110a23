import { parameterSet } from '../../rules/parameters.js';
import { policyNames } from '../../rules/parameters-named.js';
import type { Rule } from '../../rules/rule-format.js';
import { type CompiledRule, compileBook, DIALECTS } from '../../rules/sql/compile-book.js';
import { planDecision } from '../../rules/sql/decide-select.js';
import { quoteName } from '../../rules/sql/dialect.js';
import { columnsRead } from '../decide-facts.js';
import type { Duck } from '../duck.js';
import type { ImpactRequest } from './impact-plan.js';
import { added } from './tally.js';

/** How many cases of an outcome stand at a level while the parameter has a value. */
export interface SweepCell {
  readonly value: number;
  readonly outcome: 'good' | 'bad' | null;
  readonly level: number;
  readonly cases: number;
}

/** Cells of many shards as those of one: what stands at the same value, outcome and level adds up. */
export const mergeSwept = (cells: readonly SweepCell[]): SweepCell[] =>
  added(
    cells,
    ({ value, outcome, level }) => JSON.stringify([value, outcome, level]),
    (one, other) => ({ ...one, cases: one.cases + other.cases }),
  );

/** The rules of which something hangs on the parameter. */
const naming = (rules: readonly Rule[], key: string): Set<string> =>
  new Set(rules.filter(({ conditions }) => policyNames(conditions).includes(key)).map(({ id }) => id));

/**
 * Holds a set of facts ready for one parameter's values: what does not hang on it is decided once, so that each value
 * asks the few rules that name it.
 */
export class Sweep {
  private constructor(
    private readonly duck: Duck,
    private readonly request: ImpactRequest,
    private readonly key: string,
    private readonly named: ReadonlySet<string>,
  ) {}

  /** `typed`: a relation of typed facts, such as `admitSelect` makes. Null where no rule names the parameter. */
  static async over(duck: Duck, typed: string, request: ImpactRequest, key: string): Promise<Sweep | null> {
    const { rules } = request.after;
    const named = naming(rules, key);
    if (named.size === 0) return null;
    const compiled = compiledAt(request, request.after.parameters.values);
    const others = compiled.filter(({ rule }) => !named.has(rule.id));
    const plan = planDecision([{ level: 'base', compiled: others, whole: compiled }]);
    const read = columnsRead(rules.filter(({ id }) => named.has(id))).map(({ column }) => quoteName(column));
    const kept = ['product_code', 'category', 'outcome', ...read];
    await duck.run(
      `create or replace table swept as select base, ${kept.join(', ')} from (${plan.select(typed, kept)})`,
    );
    return new Sweep(duck, request, key, named);
  }

  /** Counts all cases with the parameter at one value. */
  async at(value: number): Promise<SweepCell[]> {
    const compiled = compiledAt(this.request, { ...this.request.after.parameters.values, [this.key]: value });
    const parts = compiled.filter(({ rule }) => this.named.has(rule.id));
    const plan = planDecision([{ level: 'own', compiled: parts, whole: compiled }]);
    return this.duck.rows<SweepCell>(
      `select ${value}::double as value, outcome, greatest(base, own)::int as level, count(*)::int as cases
       from (${plan.select('swept', ['base', 'outcome'])}) group by all order by all`,
    );
  }
}

const compiledAt = (
  request: ImpactRequest,
  values: Readonly<Record<string, number | string | boolean>>,
): CompiledRule[] =>
  compileBook(request.after.rules, {
    dialect: DIALECTS.duckdb,
    parameters: parameterSet(values),
    checkpoint: request.checkpoint,
    on: request.on,
    ...(request.only === undefined ? {} : { only: request.only }),
  });
