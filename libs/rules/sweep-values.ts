export const MOST_SWEPT_VALUES = 500;

/**
 * The values from one to another by a step, to the digits in which both are written. Null where there is none, or more
 * than `MOST_SWEPT_VALUES`.
 */
export function sweepValues(from: number, to: number, step: number): number[] | null {
  if (![from, to, step].every(Number.isFinite) || step <= 0) return null;
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (count < 1 || count > MOST_SWEPT_VALUES) return null;
  const digits = Math.max(0, ...[from, step].map((part) => String(part).split('.')[1]?.length ?? 0));
  return Array.from({ length: count }, (_, index) => Number((from + index * step).toFixed(digits)));
}
