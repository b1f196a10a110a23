import diff from 'microdiff';
import type { AuthoredRule, Manifest, Parameter } from '../rule-format.js';
import type { DecisionTable } from '../tables/table-format.js';

/** One field that differs; `before` or `after` is absent where the field is new or gone. */
export interface FieldChange {
  /** JSON pointer into the rule or parameter. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

interface Changed<T> {
  readonly before: T;
  readonly after: T;
  readonly changes: readonly FieldChange[];
}

export interface Difference<T> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
  readonly changed: readonly Changed<T>[];
}

export interface BookDifference {
  readonly manifest: readonly FieldChange[];
  readonly rules: Difference<AuthoredRule>;
  readonly tables: Difference<DecisionTable>;
  /** By key and first day: a value for new dates is one added. */
  readonly parameters: Difference<Parameter>;
}

export interface ComparedBook {
  readonly manifest: Manifest;
  readonly rules: readonly AuthoredRule[];
  readonly tables: readonly DecisionTable[];
  readonly parameters: readonly Parameter[];
}

/** What the second book has otherwise than the first, field by field. */
export function diffBooks(before: ComparedBook, after: ComparedBook): BookDifference {
  return {
    manifest: changesOf(before.manifest, after.manifest),
    rules: difference(before.rules, after.rules, ({ id }) => id),
    tables: difference(before.tables, after.tables, ({ id }) => id),
    parameters: difference(before.parameters, after.parameters, ({ key, from }) => `${key} ${from}`),
  };
}

function difference<T extends object>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (one: T) => string,
): Difference<T> {
  const [old, now] = [before, after].map((list) => new Map(list.map((one) => [keyOf(one), one])));
  const changed: Changed<T>[] = [];
  for (const [key, one] of old ?? []) {
    const other = now?.get(key);
    if (other === undefined) continue;
    const changes = changesOf(one, other);
    if (changes.length > 0) changed.push({ before: one, after: other, changes });
  }
  return {
    added: after.filter((one) => !old?.has(keyOf(one))),
    removed: before.filter((one) => !now?.has(keyOf(one))),
    changed,
  };
}

const changesOf = (before: object, after: object): FieldChange[] =>
  diff(before, after).map((one) => ({
    path: one.path.map((part) => `/${part}`).join(''),
    ...(one.type === 'CREATE' ? {} : { before: one.oldValue as unknown }),
    ...(one.type === 'REMOVE' ? {} : { after: one.value as unknown }),
  }));
