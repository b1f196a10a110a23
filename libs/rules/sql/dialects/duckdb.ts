import { type Dialect, quoteName, quoteText, scalarType } from '../dialect.js';

const TYPES = { whole: 'bigint', number: 'double', text: 'varchar', boolean: 'boolean', date: 'date' } as const;

const field = (name: string): string => `m.${quoteName(name)}`;

/** Counts are enough: a record that decides settles the answer, else one that is unknown leaves it open. */
const settled = (list: string, predicate: string, deciding: boolean): string => {
  const decides = deciding ? predicate : `not ${predicate}`;
  return `(case when ${list} is null then null
    when len(list_filter(${list}, lambda m: ${decides})) > 0 then ${deciding}
    when len(list_filter(${list}, lambda m: ${predicate} is null)) > 0 then null else ${!deciding} end)`;
};

/** DuckDB: embedded, for impact and batches. Lists are lists of structs. */
export const duckdb: Dialect = {
  name: 'duckdb',
  number: (value) => `${quoteText(String(value))}::double`,
  date: (value) => `date ${quoteText(value)}`,
  dateText: (expression) => `strftime(${expression}, '%Y-%m-%d')`,
  byCodePoint: (expression) => expression,
  some: (list, _, predicate) => settled(list, `(${predicate(field)})`, true),
  every: (list, _, predicate) => settled(list, `(${predicate(field)})`, false),
  sum: (list, _, amount) => `(case when len(list_filter(${list}, lambda m: (${amount(field)}) is null)) > 0 then null
    when len(${list}) = 0 then 0::double else list_sum(list_transform(${list}, lambda m: ${amount(field)})) end)`,
  columnType: (definition) =>
    definition.type === 'list'
      ? `struct(${Object.entries(definition.fields)
          .map(([name, one]) => `${quoteName(name)} ${scalarType(TYPES, one)}`)
          .join(', ')})[]`
      : scalarType(TYPES, definition),
};
