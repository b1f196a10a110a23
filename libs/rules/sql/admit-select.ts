import type { FactDefinition, FieldDefinition } from '../fact-definition.js';
import { isWhole, quoteName, quoteText } from './dialect.js';
import { duckdb } from './dialects/duckdb.js';
import type { FactColumn } from './fact-columns.js';

type NumberField = Extract<FieldDefinition, { readonly type: 'number' }>;

const MOST = duckdb.number(Number.MAX_SAFE_INTEGER);

function admitNumber(definition: NumberField, json: string): string {
  const value = `try_cast(${json} as double)`;
  const inRange =
    definition.unit === 'percent'
      ? `${value} >= 0 and isfinite(${value})`
      : `${value} between 0 and ${MOST} and floor(${value}) = ${value}`;
  const never =
    definition.mayBeNever === true
      ? ` when json_type(${json}) = 'OBJECT' and (${json} -> 'never') = 'true' then ${duckdb.number(Number.POSITIVE_INFINITY)}`
      : '';
  return `case when json_type(${json}) in ('UBIGINT', 'BIGINT', 'DOUBLE') and ${inRange} then ${isWhole(definition) ? `${value}::bigint` : value}${never} end`;
}

/** One JSON value as `admitScalar` takes it: of the declared type and in its range, else NULL. */
function admitScalarSql(definition: FieldDefinition, json: string): string {
  const text = `(${json} ->> '$')`;
  const isText = `json_type(${json}) = 'VARCHAR'`;
  switch (definition.type) {
    case 'number':
      return admitNumber(definition, json);
    case 'boolean':
      return `case when json_type(${json}) = 'BOOLEAN' then (${json}) = 'true' end`;
    case 'text':
      return `case when ${isText} and ${text} in (${definition.values.map(quoteText).join(', ')}) then ${text} end`;
    case 'date':
      return `case when ${isText} and regexp_full_match(${text}, '(1[89]|[2-9][0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}') then try_cast(${text} as date) end`;
  }
}

function admitValueSql(definition: FactDefinition, json: string): string {
  if (definition.type !== 'list') return admitScalarSql(definition, json);
  const fields = Object.entries(definition.fields).map(
    ([name, field]) => `${quoteName(name)} := ${admitScalarSql(field, `(m -> ${quoteText(`$."${name}"`)})`)}`,
  );
  return `case when json_type(${json}) = 'ARRAY' then list_transform(cast(${json} as json[]), lambda m: struct_pack(${fields.join(', ')})) end`;
}

/** The parts of a stored fact that are read: all that `admitFact` looks at. */
const structureOf = (columns: readonly FactColumn[]): string =>
  JSON.stringify(
    Object.fromEntries(
      columns.map(({ fact, definition }) => [
        fact,
        { value: 'JSON', unknown: 'JSON', ...(definition.maxAgeDays === undefined ? {} : { asOf: 'VARCHAR' }) },
      ]),
    ),
  );

/**
 * The typed fact table from stored facts, in DuckDB: `from` has the columns `facts` (JSON) and `business_date`. What is
 * malformed, stale, unknown or absent becomes NULL, just as `admitFact` makes it UNKNOWN.
 */
export function admitSelect(columns: readonly FactColumn[], from: string, keep: readonly string[]): string {
  const admitted = columns.map(({ fact, column, definition }) => {
    const gathered = `parsed.${quoteName(fact)}`;
    const value = admitValueSql(definition, `${gathered}.value`);
    const fresh =
      definition.maxAgeDays === undefined
        ? ''
        : ` when try_cast(${gathered}."asOf" as date) is null or business_date - try_cast(${gathered}."asOf" as date) > ${definition.maxAgeDays} then null`;
    return `case when ${gathered}.unknown is not null then null${fresh} else ${value} end as ${quoteName(column)}`;
  });
  // DuckDB reads no structure of nothing.
  if (columns.length === 0) return `select ${keep.join(', ')} from ${from}`;
  return `select ${[...keep, ...admitted].join(',\n  ')}
from (select *, from_json(facts, ${quoteText(structureOf(columns))}) as parsed from ${from})`;
}
