import type { FieldDefinition } from '../fact-definition.js';

export const SQL_DIALECTS = ['duckdb', 'postgres', 'trino'] as const;
export type SqlDialect = (typeof SQL_DIALECTS)[number];

export type ListFields = Readonly<Record<string, FieldDefinition>>;

/** An expression over the fields of one record of a list, given how a field of it is written. */
export type OverRecord = (field: (name: string) => string) => string;

/**
 * How one database writes what the rules need. Every boolean expression is three-valued by SQL's own NULL: true, false,
 * and NULL where it is unknown, which is Kleene's logic.
 */
export interface Dialect {
  readonly name: SqlDialect;
  /** A double precision constant. */
  number(value: number): string;
  date(value: string): string;
  /** The ISO text of a date expression. */
  dateText(expression: string): string;
  /** An expression compared by code points, whatever the database's collation is. */
  byCodePoint(expression: string): string;
  /** True where some record satisfies the predicate, unknown where that depends on one that is unknown. */
  some(list: string, fields: ListFields, predicate: OverRecord): string;
  every(list: string, fields: ListFields, predicate: OverRecord): string;
  /** The sum of `amount` over the records, NULL where one of the amounts is; 0 over no record. */
  sum(list: string, fields: ListFields, amount: OverRecord): string;
  /** The type of a column that holds such a fact. */
  columnType(definition: FieldDefinition | { readonly type: 'list'; readonly fields: ListFields }): string;
}

/** A number that has no fraction and is never beyond all numbers: a whole number's column, which compares much faster. */
export const isWhole = (definition: FieldDefinition): boolean =>
  definition.type === 'number' && definition.unit !== 'percent' && definition.mayBeNever !== true;

/** The type of a scalar's column, of those that a dialect has for each. */
export const scalarType = (
  types: Readonly<Record<FieldDefinition['type'] | 'whole', string>>,
  definition: FieldDefinition,
): string => types[isWhole(definition) ? 'whole' : definition.type];

export const NULL_BOOLEAN = 'cast(null as boolean)';

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A value of `expression` that is known makes this false; one that is not, unknown. */
export const falseWhereKnown = (expression: string): string => `(case when ${expression} is not null then false end)`;
export const trueWhereKnown = (expression: string): string => `(case when ${expression} is not null then true end)`;
