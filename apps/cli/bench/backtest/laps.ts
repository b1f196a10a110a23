import { median, rounded } from '../measure.js';

/** Items a second of several contenders, lap by lap. */
export class Laps {
  private readonly took = new Map<string, number[]>();

  async lap(name: string, items: number, work: () => Promise<unknown> | unknown): Promise<void> {
    const started = performance.now();
    await work();
    const perSecond = (items / (performance.now() - started)) * 1000;
    const laps = this.took.get(name);
    if (laps === undefined) this.took.set(name, [perSecond]);
    else laps.push(perSecond);
  }

  forget(): void {
    this.took.clear();
  }

  /** The median of its laps. */
  perSecond(name: string): number {
    return median(this.took.get(name) ?? []);
  }

  /** The median over rounds of how many times faster the one was than the other in the same round. */
  ratio(one: string, other: string): number {
    const theirs = this.took.get(other) ?? [];
    return rounded(median((this.took.get(one) ?? []).map((ours, round) => ours / (theirs[round] ?? Number.NaN))));
  }

  all(): Record<string, number> {
    return Object.fromEntries([...this.took.keys()].map((name) => [name, Math.round(this.perSecond(name))]));
  }
}
