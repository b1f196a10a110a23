export interface Pass {
  /** Operations a second over the whole pass. */
  readonly perSecond: number;
  /** Median of the single operations, milliseconds. */
  readonly medianMs: number;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

export const rounded = (value: number): number => Number(value.toFixed(3));

/** Runs `operation` over all items with so many under way at once. */
export async function pass<Item>(
  items: readonly Item[],
  concurrency: number,
  operation: (item: Item) => Promise<void>,
): Promise<Pass> {
  const took: number[] = [];
  let next = 0;
  const started = performance.now();
  const worker = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) {
      const at = performance.now();
      await operation(item);
      took.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return { perSecond: (items.length / (performance.now() - started)) * 1000, medianMs: median(took) };
}
