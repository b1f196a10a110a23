import { type Dialect, quoteName, quoteText, scalarType } from '../dialect.js';

const TYPES = { whole: 'bigint', number: 'double', text: 'varchar', boolean: 'boolean', date: 'date' } as const;

const field = (name: string): string => `m.${quoteName(name)}`;

/** Trino, for a warehouse that is larger than one machine. Lists are arrays of rows; its matches are three-valued. */
export const trino: Dialect = {
  name: 'trino',
  number: (value) => (Number.isFinite(value) ? `double ${quoteText(String(value))}` : 'infinity()'),
  date: (value) => `date ${quoteText(value)}`,
  dateText: (expression) => `cast(${expression} as varchar)`,
  byCodePoint: (expression) => expression,
  some: (list, _, predicate) => `any_match(${list}, m -> ${predicate(field)})`,
  every: (list, _, predicate) => `all_match(${list}, m -> ${predicate(field)})`,
  sum: (list, _, amount) => `reduce(${list}, double '0', (s, m) -> s + ${amount(field)}, s -> s)`,
  columnType: (definition) =>
    definition.type === 'list'
      ? `array(row(${Object.entries(definition.fields)
          .map(([name, one]) => `${quoteName(name)} ${scalarType(TYPES, one)}`)
          .join(', ')}))`
      : scalarType(TYPES, definition),
};
