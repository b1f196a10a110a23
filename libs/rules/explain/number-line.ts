import type { NumberUnit } from '../fact-definition.js';
import { NEVER } from '../fact-value.js';

/** Shares are told to hundredths of a percent; all else counts in whole numbers. */
const partsOf = (unit: NumberUnit): number => (unit === 'percent' ? 100 : 1);

/**
 * The values at which an answer can turn: on the grid of the unit, those at and beside each threshold, and the two ends
 * of the line. Between two of them that are not neighbours nothing turns.
 */
export function turningPoints(thresholds: Iterable<number>, unit: NumberUnit, mayBeNever: boolean): number[] {
  const parts = partsOf(unit);
  const points = new Set<number>([0]);
  for (const threshold of thresholds) {
    if (!Number.isFinite(threshold)) continue;
    const [below, above] = [Math.floor(threshold * parts), Math.ceil(threshold * parts)];
    for (const point of [below - 1, below, above, above + 1]) {
      if (point >= 0 && Number.isSafeInteger(point)) points.add(point / parts);
    }
  }
  return [...[...points].sort((left, right) => left - right), ...(mayBeNever ? [NEVER] : [])];
}

/** Where a whole times a percentage reaches `part`: the other factor, near enough for its turning points. */
export const factorFor = (part: number, factor: number): number => (factor === 0 ? 0 : (part * 100) / factor);
