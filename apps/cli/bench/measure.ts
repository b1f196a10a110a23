export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

export const rounded = (value: number): number => Number(value.toFixed(3));

/** Operations a second over all items, with so many under way at once. */
export async function perSecond<Item>(
  items: readonly Item[],
  concurrency: number,
  operation: (item: Item) => Promise<void>,
): Promise<number> {
  let next = 0;
  const started = performance.now();
  const worker = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await operation(item);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return (items.length / (performance.now() - started)) * 1000;
}

/** Medians of two operations done by turns, one at a time: whatever else the machine does meets both alike. */
export async function byTurns(
  count: number,
  left: (index: number) => Promise<void>,
  right: (index: number) => Promise<void>,
): Promise<readonly [leftMs: number, rightMs: number]> {
  const took: [number[], number[]] = [[], []];
  const timed = async (side: 0 | 1, operation: () => Promise<void>): Promise<void> => {
    const at = performance.now();
    await operation();
    took[side].push(performance.now() - at);
  };
  for (let index = 0; index < count; index += 1) {
    const order = index % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const);
    for (const side of order) await timed(side, () => (side === 0 ? left : right)(index));
  }
  return [median(took[0]), median(took[1])];
}
