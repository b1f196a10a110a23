import type { Axis } from './axis.js';
import type { Region } from './region.js';
import type { DecisionTable, OutputValue } from './table-format.js';

/** A row as the checks, look-ups and rules take it. */
export interface TableRow {
  readonly regions: readonly Region[];
  readonly outputs: readonly OutputValue[];
}

/** A table whose cells were read. */
export interface CompiledTable {
  readonly content: DecisionTable;
  readonly axes: readonly Axis[];
  readonly rows: readonly TableRow[];
  /** Blocks that no row fits: none in a table that was just read, for a gap is a fault. */
  readonly gaps: readonly (readonly Region[])[];
}

/** The line of a row in its file: the first line names the columns. */
export const lineOf = (index: number): number => index + 2;
