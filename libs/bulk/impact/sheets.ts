import { VERDICTS } from '../../domain/verdict.js';
import { CHANGED_COLUMNS } from './changed-line.js';
import type { CurvePoint } from './curve.js';
import type { Share } from './share.js';
import type { ImpactSummary, VerdictMatrix } from './summary.js';

type Cell = string | number | null;

export interface ImpactSheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

const matrixRows = (of: string, matrix: VerdictMatrix): Cell[][] =>
  VERDICTS.map((before) => [of, before, ...VERDICTS.map((after) => matrix[before][after])]);

const matrices = (name: string, of: Readonly<Record<string, VerdictMatrix>>): ImpactSheet => ({
  name,
  rows: [
    [name.replace('by-', ''), 'before', ...VERDICTS.map((verdict) => `after ${verdict}`)],
    ...Object.entries(of).flatMap(([key, matrix]) => matrixRows(key, matrix)),
  ],
});

const shareCells = ({ count, of, percent, low, high }: Share): Cell[] => [count, of, percent, low, high];

/** A summary as tables, one a sheet: for CSV files and for a workbook. */
export function impactSheets(summary: ImpactSummary, curve: readonly CurvePoint[] | null): ImpactSheet[] {
  const outcomes = summary.outcomes.flatMap((effect) =>
    (['badStopped', 'goodTurnedAway', 'badLetThrough', 'goodLetThrough'] as const).map((what) => [
      effect.stoppedAt,
      what,
      ...shareCells(effect[what]),
    ]),
  );
  return [
    matrices('matrix', { all: summary.matrix }),
    matrices('by-branch', summary.byBranch),
    matrices('by-product', summary.byProduct),
    {
      name: 'rules',
      rows: [
        ['rule', 'before', 'after', 'appeared', 'vanished', 'bad before', 'bad after', 'good before', 'good after'],
        ...summary.rules.map(({ rule, before, after, appeared, vanished, bad, good }) => [
          rule,
          before,
          after,
          appeared,
          vanished,
          bad.before,
          bad.after,
          good.before,
          good.after,
        ]),
      ],
    },
    {
      name: 'outcomes',
      rows: [['stopped at', 'what', 'loans', 'of', 'percent', 'low (95 %)', 'high (95 %)'], ...outcomes],
    },
    ...(curve === null ? [] : [curveSheet(curve)]),
  ];
}

/** Changed cases in a workbook: a list of all is a CSV file. */
export const MOST_CHANGES_ON_SHEET = 10_000;

/** The first of the changed cases; where there are more, the last line says so. */
export function changesSheet(lines: readonly (readonly string[])[], changed: number): ImpactSheet {
  const shown = lines.slice(0, MOST_CHANGES_ON_SHEET);
  const more = changed - shown.length;
  return {
    name: 'changed',
    rows: [CHANGED_COLUMNS, ...shown, ...(more > 0 ? [[`and ${more} more: the CSV file has all of them`]] : [])],
  };
}

const curveSheet = (curve: readonly CurvePoint[]): ImpactSheet => ({
  name: 'curve',
  rows: [
    [
      'value',
      ...VERDICTS,
      'bad blocked',
      'bad blocked or referred',
      'bad',
      'good blocked',
      'good blocked or referred',
      'good',
    ],
    ...curve.map(({ value, verdicts, bad, good }) => [
      value,
      ...VERDICTS.map((verdict) => verdicts[verdict]),
      ...[bad, good].flatMap(({ blocked, blockedOrReferred, all }) => [blocked, blockedOrReferred, all]),
    ]),
  ],
});
