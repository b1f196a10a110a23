import { createRequire } from 'node:module';

type BetaQuantile = typeof import('@stdlib/stats-base-dists-beta-quantile');

const require = createRequire(import.meta.url);
/** Some seven hundred small files: read when the first share is reckoned, not when a process starts. */
const betaQuantile = (...given: Parameters<BetaQuantile>): number =>
  (require('@stdlib/stats-base-dists-beta-quantile') as BetaQuantile)(...given);

/** A share with its exact (Clopper-Pearson) interval of 95 percent; null where there is nothing to take a share of. */
export interface Share {
  readonly count: number;
  readonly of: number;
  readonly percent: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

const ALPHA = 0.05;
const percent = (value: number): number => Number((value * 100).toFixed(3));

export function shareOf(count: number, of: number): Share {
  if (of === 0) return { count, of, percent: null, low: null, high: null };
  return {
    count,
    of,
    percent: percent(count / of),
    low: count === 0 ? 0 : percent(betaQuantile(ALPHA / 2, count, of - count + 1)),
    high: count === of ? 100 : percent(betaQuantile(1 - ALPHA / 2, count + 1, of - count)),
  };
}
