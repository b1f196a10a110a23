import { VERDICTS, type Verdict } from '../../domain/verdict.js';
import type { SweepCell } from './sweep.js';

/** One value of a parameter: cases by verdict, and how many of the known good and bad loans are blocked or referred. */
export interface CurvePoint {
  readonly value: number;
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly bad: { readonly blocked: number; readonly blockedOrReferred: number; readonly all: number };
  readonly good: { readonly blocked: number; readonly blockedOrReferred: number; readonly all: number };
}

/** The cells of all values, of one shard or of many, as a curve by value. */
export function curveOf(cells: readonly SweepCell[]): CurvePoint[] {
  const values = [...new Set(cells.map(({ value }) => value))].sort((left, right) => left - right);
  return values.map((value) => {
    const own = cells.filter((cell) => cell.value === value);
    const count = (wanted: (cell: SweepCell) => boolean): number =>
      own.reduce((sum, cell) => sum + (wanted(cell) ? cell.cases : 0), 0);
    const among = (outcome: 'good' | 'bad') => ({
      blocked: count((cell) => cell.outcome === outcome && cell.level === 3),
      blockedOrReferred: count((cell) => cell.outcome === outcome && cell.level >= 2),
      all: count((cell) => cell.outcome === outcome),
    });
    const verdicts = Object.fromEntries(
      VERDICTS.map((verdict, level) => [verdict, count((cell) => cell.level === level)]),
    ) as Record<Verdict, number>;
    return { value, verdicts, bad: among('bad'), good: among('good') };
  });
}
