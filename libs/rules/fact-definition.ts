import type { Bilingual } from '../domain/text.js';

/** Where a fact is read from; shown beside each finding. */
export const FACT_SOURCES = [
  'application',
  'customer',
  'organisation',
  'bureau',
  'ledger',
  'collateral',
  'workflow',
  'policy',
] as const;
export type FactSource = (typeof FACT_SOURCES)[number];

interface Described {
  readonly source: FactSource;
  readonly label: Bilingual;
  readonly clause: string;
  /** A gathered value older than this is stale, which is unknown. Absent: read live at every decision. */
  readonly maxAgeDays?: number;
  /** Tells of what has happened: nobody can change it, at most time does. */
  readonly past?: true;
}

export type NumberUnit = 'fen' | 'count' | 'days' | 'months' | 'percent';

export interface NumberFact extends Described {
  readonly type: 'number';
  readonly unit: NumberUnit;
  /** True where "it never happened" is a known value, which compares as beyond every number. */
  readonly mayBeNever?: true;
}

export interface TextFact extends Described {
  readonly type: 'text';
  readonly values: readonly string[];
}

export interface BooleanFact extends Described {
  readonly type: 'boolean';
}

export interface DateFact extends Described {
  readonly type: 'date';
}

export type ScalarFact = NumberFact | TextFact | BooleanFact | DateFact;
export type FieldDefinition =
  | { readonly type: 'number'; readonly unit: NumberUnit; readonly mayBeNever?: true }
  | { readonly type: 'text'; readonly values: readonly string[] }
  | { readonly type: 'boolean' }
  | { readonly type: 'date' };

/** A list of records, read by some / every / sum operators. */
export interface ListFact extends Described {
  readonly type: 'list';
  readonly fields: Readonly<Record<string, FieldDefinition>>;
}

export type FactDefinition = ScalarFact | ListFact;
export type Catalogue = ReadonlyMap<string, FactDefinition>;
