import { type Dialect, type ListFields, type OverRecord, quoteName, quoteText, scalarType } from '../dialect.js';

const TYPES = { whole: 'bigint', number: 'float8', text: 'text', boolean: 'boolean', date: 'date' } as const;

const field = (name: string): string => `m.${quoteName(name)}`;

const records = (list: string, fields: ListFields): string =>
  `jsonb_to_recordset(${list}) as m(${Object.entries(fields)
    .map(([name, one]) => `${quoteName(name)} ${scalarType(TYPES, one)}`)
    .join(', ')})`;

/** `aggregate` reads `said`, the answer of each record. */
const over = (list: string, fields: ListFields, said: OverRecord, aggregate: string): string =>
  `(case when ${list} is not null then (select ${aggregate} from (select ${said(field)} as said from ${records(list, fields)}) each_record) end)`;

/** PostgreSQL: for what must run where the data is. Lists are `jsonb` arrays of objects. */
export const postgres: Dialect = {
  name: 'postgres',
  number: (value) => `${quoteText(String(value))}::float8`,
  date: (value) => `date ${quoteText(value)}`,
  dateText: (expression) => `to_char(${expression}, 'YYYY-MM-DD')`,
  byCodePoint: (expression) => `(${expression}) collate "C"`,
  some: (list, fields, predicate) =>
    over(
      list,
      fields,
      predicate,
      'case when bool_or(said) then true when bool_or(said is null) then null else false end',
    ),
  every: (list, fields, predicate) =>
    over(
      list,
      fields,
      predicate,
      'case when not bool_and(said) then false when bool_or(said is null) then null else true end',
    ),
  sum: (list, fields, amount) =>
    over(list, fields, amount, 'case when bool_or(said is null) then null else coalesce(sum(said), 0) end'),
  columnType: (definition) => (definition.type === 'list' ? 'jsonb' : scalarType(TYPES, definition)),
};
