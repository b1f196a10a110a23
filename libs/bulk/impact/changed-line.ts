import { type Stringifier, stringify } from 'csv-stringify';
import { VERDICTS } from '../../domain/verdict.js';
import type { ChangedCase } from './tally.js';

export const CHANGED_COLUMNS = [
  'ref',
  'branch',
  'product',
  'outcome',
  'before',
  'after',
  'appeared',
  'vanished',
] as const;

/** A changed case as a line of a table: verdicts by name, rules by comma. */
export const changedLine = (changed: ChangedCase): string[] => [
  changed.ref,
  changed.branch,
  changed.product,
  changed.outcome ?? '',
  VERDICTS[changed.before] ?? '',
  VERDICTS[changed.after] ?? '',
  changed.appeared.join(', '),
  changed.vanished.join(', '),
];

/** The table of changed cases as CSV: text that a spreadsheet would run as a formula begins with an apostrophe. */
export const changedTable = (): Stringifier =>
  stringify({ header: true, columns: [...CHANGED_COLUMNS], bom: true, escape_formulas: true });
