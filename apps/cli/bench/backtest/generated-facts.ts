import { columnsRead } from '#libs/bulk/decide-facts.js';
import type { NumberUnit } from '#libs/rules/fact-definition.js';
import type { Rule } from '#libs/rules/rule-format.js';
import { quoteName } from '#libs/rules/sql/dialect.js';
import { duckdb } from '#libs/rules/sql/dialects/duckdb.js';
import type { FactColumn } from '#libs/rules/sql/fact-columns.js';

/** Values from nought to so much, small ones far more often than large ones. */
const MOST: Readonly<Record<NumberUnit, number>> = {
  fen: 40_000_000_00,
  count: 14,
  days: 120,
  months: 90,
  percent: 110,
};

/** One in so many is not known; one in so many of what may never have happened never has. */
const UNKNOWN_IN = 20;
const NEVER_IN = 3;

/** The same number from 0 up to 1 for a row and a column on every machine. */
const drawn = (index: number): string => `((hash(n * 64 + ${index}) >> 11)::double / 9007199254740992)`;

function valueSql({ column, definition }: FactColumn, index: number): string {
  if (definition.type !== 'number') throw new Error(`bench: ${column} is no number`);
  const skewed = `(pow(${drawn(index)}, 3) * ${MOST[definition.unit]})`;
  const value = definition.unit === 'percent' ? `round(${skewed}, 2)` : `floor(${skewed})`;
  const never =
    definition.mayBeNever === true ? `when hash(n, ${index}, 'never') % ${NEVER_IN} = 0 then 'infinity'` : '';
  return `(case when hash(n, ${index}, 'unknown') % ${UNKNOWN_IN} = 0 then null ${never} else ${value} end)::${duckdb.columnType(definition)} as ${quoteName(column)}`;
}

/** Typed facts of `rows` made-up cases, in the columns that these rules read, with `id` from 0. */
export const generatedFacts = (rules: readonly Rule[], rows: number): string =>
  `select n as id, ${columnsRead(rules).map(valueSql).join(', ')} from (select range as n from range(${rows}))`;
