import type { Fault } from '../../domain/problem.js';

/** The cells of a table's file, the first row naming the columns; or what kept them from being read. */
export type CellsReading = { readonly cells: readonly (readonly string[])[] } | { readonly faults: readonly Fault[] };

/** More than a table may have: the check of the table tells of it. */
export const MOST_LINES = 5002;

/** Without the rows at the end in which nothing stands. */
export const withoutEmptyEnd = (rows: readonly (readonly string[])[]): (readonly string[])[] =>
  rows.slice(0, rows.findLastIndex((row) => row.some((cell) => cell.trim() !== '')) + 1);
