import { curveOf } from './curve.js';
import { shareOf } from './share.js';
import { changesSheet, impactSheets, MOST_CHANGES_ON_SHEET } from './sheets.js';
import { summarise } from './summary.js';
import { mergeSwept, type SweepCell } from './sweep.js';
import { type ImpactCell, type ImpactTally, mergeTallies } from './tally.js';

describe('a share has its exact interval', () => {
  // Clopper and Pearson 1934, and the closed forms of its ends: 1 - (alpha / 2) ^ (1 / n).
  it.each([
    [0, 10, 0, 30.85],
    [10, 10, 69.15, 100],
    [1, 10, 0.253, 44.502],
    [5, 10, 18.709, 81.291],
    [3, 7, 9.899, 81.595],
    [504, 10_000, 4.62, 5.487],
  ])('%d of %d: %d to %d percent', (count, of, low, high) => {
    const share = shareOf(count, of);
    expect(share.percent).toBeCloseTo((100 * count) / of, 3);
    expect(share.low).toBeCloseTo(low, 2);
    expect(share.high).toBeCloseTo(high, 2);
  });

  it('of nothing there is none', () => {
    expect(shareOf(0, 0)).toEqual({ count: 0, of: 0, percent: null, low: null, high: null });
  });
});

const cell = (
  outcome: ImpactCell['outcome'],
  before: number,
  after: number,
  cases: number,
  branch = 'a',
): ImpactCell => ({
  branch,
  product: 'rural-personal',
  outcome,
  before,
  after,
  cases,
});
const rule = (outcome: ImpactCell['outcome'], before: number, after: number, appeared: number, vanished: number) => ({
  rule: 'enquiries',
  outcome,
  before,
  after,
  appeared,
  vanished,
});
const tally = (cells: ImpactCell[], rules: ImpactTally['rules'], changed = 0): ImpactTally => ({
  cases: cells.reduce((sum, { cases }) => sum + cases, 0),
  cells,
  rules,
  changed,
  redecided: 1,
});

const FIRST = tally([cell('bad', 0, 2, 3), cell('good', 0, 2, 5), cell(null, 0, 0, 7)], [rule('bad', 1, 4, 3, 0)], 8);
const SECOND = tally(
  [cell('bad', 0, 2, 1), cell('bad', 3, 3, 4), cell('good', 2, 0, 6, 'b')],
  [rule('bad', 2, 2, 1, 1), rule('good', 6, 0, 0, 6)],
  7,
);

it('tallies of shards add up, in whatever order they come', () => {
  const merged = mergeTallies([FIRST, SECOND]);
  expect(merged).toMatchObject({ cases: 26, changed: 15, redecided: 2 });
  expect(merged.cells).toHaveLength(5);
  expect(merged.cells).toContainEqual(cell('bad', 0, 2, 4));
  expect(merged.rules).toEqual([rule('bad', 3, 6, 4, 1), rule('good', 6, 0, 0, 6)]);
  expect(mergeTallies([SECOND, FIRST])).toEqual(merged);
  expect(mergeTallies([mergeTallies([]), merged])).toEqual(merged);
});

it('a summary: matrices, and what was stopped or let through of loans whose end is known', () => {
  const summary = summarise(mergeTallies([FIRST, SECOND]));
  expect(summary.matrix.PASS).toEqual({ PASS: 7, WARN: 0, REFER: 9, BLOCK: 0 });
  expect(summary.matrix.BLOCK).toEqual({ PASS: 0, WARN: 0, REFER: 0, BLOCK: 4 });
  expect(Object.keys(summary.byBranch)).toEqual(['a', 'b']);
  expect(summary.byBranch['b']?.REFER.PASS).toBe(6);
  expect(summary.outcomesKnown).toEqual({ good: 11, bad: 8 });
  expect(summary.outcomes).toMatchObject([
    { stoppedAt: 'BLOCK', badStopped: { count: 0, of: 8 }, goodTurnedAway: { count: 0, of: 11 } },
    {
      stoppedAt: 'REFER',
      badStopped: { count: 4, of: 8, percent: 50 },
      goodTurnedAway: { count: 5, of: 11 },
      badLetThrough: { count: 0, of: 8 },
      goodLetThrough: { count: 6, of: 11 },
    },
  ]);
  expect(summary.rules).toEqual([
    {
      rule: 'enquiries',
      before: 9,
      after: 6,
      appeared: 4,
      vanished: 7,
      bad: { before: 3, after: 6 },
      good: { before: 6, after: 0 },
    },
  ]);
});

const swept = (value: number, outcome: SweepCell['outcome'], level: number, cases: number): SweepCell => ({
  value,
  outcome,
  level,
  cases,
});

it('a curve: a point for each value, by number', () => {
  const shards = [
    [swept(10, 'bad', 3, 2), swept(10, null, 0, 5), swept(2, 'bad', 2, 2), swept(2, null, 1, 5)],
    [swept(10, 'bad', 3, 1), swept(10, 'good', 2, 4), swept(2, 'good', 3, 4), swept(2, 'bad', 0, 1)],
  ];
  const curve = curveOf(shards.flat());
  expect(curve).toEqual([
    {
      value: 2,
      verdicts: { PASS: 1, WARN: 5, REFER: 2, BLOCK: 4 },
      bad: { blocked: 0, blockedOrReferred: 2, all: 3 },
      good: { blocked: 4, blockedOrReferred: 4, all: 4 },
    },
    {
      value: 10,
      verdicts: { PASS: 5, WARN: 0, REFER: 4, BLOCK: 3 },
      bad: { blocked: 3, blockedOrReferred: 3, all: 3 },
      good: { blocked: 0, blockedOrReferred: 4, all: 4 },
    },
  ]);
  const merged = mergeSwept(shards.flat());
  expect(merged).toContainEqual(swept(10, 'bad', 3, 3));
  expect(curveOf(merged)).toEqual(curve);
});

it('sheets: each row as wide as its heads, and a list that is cut says so', () => {
  const sheets = impactSheets(summarise(FIRST), curveOf([swept(2, 'bad', 2, 2)]));
  expect(sheets.map(({ name }) => name)).toEqual(['matrix', 'by-branch', 'by-product', 'rules', 'outcomes', 'curve']);
  for (const { rows } of sheets) expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  const lines = Array.from({ length: MOST_CHANGES_ON_SHEET + 5 }, (_, index) => [String(index)]);
  const { rows } = changesSheet(lines, 10_700);
  expect(rows).toHaveLength(1 + MOST_CHANGES_ON_SHEET + 1);
  expect(rows.at(-1)).toEqual(['and 700 more: the CSV file has all of them']);
  expect(changesSheet([['a']], 1).rows).toHaveLength(2);
});
