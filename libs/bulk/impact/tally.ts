/** Cases of one branch, product and outcome that went from one verdict to another. Levels: 0 PASS to 3 BLOCK. */
export interface ImpactCell {
  readonly branch: string;
  readonly product: string;
  readonly outcome: 'good' | 'bad' | null;
  readonly before: number;
  readonly after: number;
  readonly cases: number;
}

/** Findings of one rule among the cases of one outcome: with the policy before, after, and what came and went. */
export interface RuleTally {
  readonly rule: string;
  readonly outcome: 'good' | 'bad' | null;
  readonly before: number;
  readonly after: number;
  readonly appeared: number;
  readonly vanished: number;
}

/** What one shard of an impact run counted; tallies of shards add up. */
export interface ImpactTally {
  readonly cases: number;
  readonly cells: readonly ImpactCell[];
  readonly rules: readonly RuleTally[];
  readonly changed: number;
  /** Cases of the sample that the live path decided again, under both policies, with the same answers. */
  readonly redecided: number;
}

/** A case whose verdict or findings are not what they were. */
export interface ChangedCase {
  readonly ref: string;
  readonly branch: string;
  readonly product: string;
  readonly outcome: 'good' | 'bad' | null;
  readonly before: number;
  readonly after: number;
  readonly appeared: readonly string[];
  readonly vanished: readonly string[];
}

/** Adds up what has the same key, in the order of the keys. */
export function added<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
  plus: (one: Item, other: Item) => Item,
): Item[] {
  const sums = new Map<string, Item>();
  for (const item of items) {
    const known = sums.get(key(item));
    sums.set(key(item), known === undefined ? item : plus(known, item));
  }
  return [...sums].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, item]) => item);
}

/** The tally of all shards together. */
export function mergeTallies(tallies: readonly ImpactTally[]): ImpactTally {
  const total = (of: (tally: ImpactTally) => number): number => tallies.reduce((sum, tally) => sum + of(tally), 0);
  return {
    cases: total(({ cases }) => cases),
    changed: total(({ changed }) => changed),
    redecided: total(({ redecided }) => redecided),
    cells: added(
      tallies.flatMap(({ cells }) => cells),
      (cell) => JSON.stringify([cell.branch, cell.product, cell.outcome, cell.before, cell.after]),
      (one, other) => ({ ...one, cases: one.cases + other.cases }),
    ),
    rules: added(
      tallies.flatMap(({ rules }) => rules),
      (tally) => JSON.stringify([tally.rule, tally.outcome]),
      (one, other) => ({
        ...one,
        before: one.before + other.before,
        after: one.after + other.after,
        appeared: one.appeared + other.appeared,
        vanished: one.vanished + other.vanished,
      }),
    ),
  };
}
