/** A place between values: before `at`, or just after it. Whole numbers, days and list places need no "after". */
export interface Cut {
  readonly at: number;
  readonly after: boolean;
}

/** The values from one cut to another. */
export interface Interval {
  readonly from: Cut;
  readonly to: Cut;
}

/** Part of an axis: intervals in order that do not touch. Empty: no value. */
export type Region = readonly Interval[];

export const before = (at: number): Cut => ({ at, after: false });
export const after = (at: number): Cut => ({ at, after: true });

export const compareCuts = (left: Cut, right: Cut): number =>
  left.at === right.at ? Number(left.after) - Number(right.after) : left.at < right.at ? -1 : 1;

export const sameCut = (left: Cut, right: Cut): boolean => compareCuts(left, right) === 0;

/** The union of intervals in any order; empty ones vanish, those that touch become one. */
export function regionOf(intervals: readonly Interval[]): Region {
  const merged: Interval[] = [];
  const ordered = intervals
    .filter(({ from, to }) => compareCuts(from, to) < 0)
    .sort((left, right) => compareCuts(left.from, right.from));
  for (const next of ordered) {
    const last = merged.at(-1);
    if (last === undefined || compareCuts(last.to, next.from) < 0) merged.push(next);
    else if (compareCuts(last.to, next.to) < 0) merged[merged.length - 1] = { from: last.from, to: next.to };
  }
  return merged;
}

const later = (left: Cut, right: Cut): Cut => (compareCuts(left, right) > 0 ? left : right);
const earlier = (left: Cut, right: Cut): Cut => (compareCuts(left, right) < 0 ? left : right);

export const intersect = (left: Region, right: Region): Region =>
  regionOf(
    left.flatMap((one) => right.map((other) => ({ from: later(one.from, other.from), to: earlier(one.to, other.to) }))),
  );

export const sameRegion = (left: Region, right: Region): boolean =>
  left.length === right.length &&
  left.every((one, index) => {
    const other = right[index];
    return other !== undefined && sameCut(one.from, other.from) && sameCut(one.to, other.to);
  });

/** Whether a value lies in a region. */
export const holdsValue = (region: Region, value: number): boolean =>
  region.some(({ from, to }) => compareCuts(from, before(value)) <= 0 && compareCuts(before(value), to) < 0);
