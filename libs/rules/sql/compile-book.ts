import type { CivilDate } from '../../domain/civil-date.js';
import { CATALOGUE } from '../catalogue/index.js';
import type { Catalogue } from '../fact-definition.js';
import type { ParameterSet } from '../parameters.js';
import { type Checkpoint, type Condition, doorsOf, isDated, type Rule } from '../rule-format.js';
import { type CompileContext, compileCondition } from './compile-condition.js';
import { type Dialect, quoteText, SQL_DIALECTS, type SqlDialect } from './dialect.js';
import { duckdb } from './dialects/duckdb.js';
import { postgres } from './dialects/postgres.js';
import { trino } from './dialects/trino.js';

export const DIALECTS: Readonly<Record<SqlDialect, Dialect>> = { duckdb, postgres, trino };
export { SQL_DIALECTS, type SqlDialect };

/** One rule as SQL over the typed fact table with the columns `product_code` and `category`. */
export interface CompiledRule {
  readonly rule: Rule;
  /** For which rows the rule is asked; null where for all. */
  readonly asked: string | null;
  /** True where the rule finds something, null where it cannot judge, false else and where it is not asked. */
  readonly answer: string;
  /** True where an exception turns what it finds into a REFER; null where the rule has none. */
  readonly excepted: string | null;
}

export interface BookRequest {
  readonly dialect: Dialect;
  readonly parameters: ParameterSet;
  readonly checkpoint: Checkpoint;
  /** The day on which the rules must be in force. */
  readonly on: CivilDate;
  readonly only?: ReadonlySet<string>;
  readonly catalogue?: Catalogue;
}

/** The rules that stand at a checkpoint on a day, each compiled to one expression. */
export function compileBook(rules: readonly Rule[], request: BookRequest): CompiledRule[] {
  const { checkpoint, on, only, dialect, parameters, catalogue = CATALOGUE } = request;
  const context: CompileContext = { dialect, parameters, catalogue };
  return rules
    .filter((rule) => doorsOf(rule).includes(checkpoint) && isDated(rule, on) && (only?.has(rule.id) ?? true))
    .map((rule) => {
      const asked = askedOf(rule);
      const said = compileCondition(rule.conditions, context);
      return {
        rule,
        asked,
        answer: asked === null ? said : `(case when ${asked} then ${said} else false end)`,
        excepted: exceptedOf(rule, context),
      };
    });
}

/** For which products the rule is asked; null where for all. */
function askedOf({ appliesTo: { products, categories } }: Rule): string | null {
  const among = (column: string, values: readonly string[]): string =>
    `${column} in (${values.map(quoteText).join(', ')})`;
  const parts = [
    ...(products.includes('*') ? [] : [among('product_code', products)]),
    ...(categories === undefined ? [] : [among('category', categories)]),
  ];
  return parts.length === 0 ? null : parts.join(' and ');
}

function exceptedOf(rule: Rule, context: CompileContext): string | null {
  if (rule.exceptions === undefined || rule.exceptions.length === 0) return null;
  const granted = rule.exceptions.map(
    ({ clause, needs }): Condition => ({
      all: [
        { fact: 'application.exceptionClause', operator: 'equal', value: clause },
        ...needs.map(
          (paper): Condition => ({
            fact: 'application.exceptionPapers',
            operator: 'some',
            value: { field: 'name', operator: 'equal', value: paper },
          }),
        ),
      ],
    }),
  );
  return `coalesce(${compileCondition({ any: granted }, context)}, false)`;
}
