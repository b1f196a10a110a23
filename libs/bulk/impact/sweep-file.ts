import type { Duck } from '../duck.js';
import type { TypedFacts } from '../typed-facts.js';
import type { ImpactRequest } from './impact-plan.js';
import { Sweep, type SweepCell } from './sweep.js';

/** A parameter and the values that it is to take. */
export interface SweepOf {
  readonly key: string;
  readonly values: readonly number[];
}

/** A parameter that no rule of the book names: no value of it changes anything. */
export class NothingToSweep extends Error {
  constructor(key: string) {
    super(`no rule of the book names ${key}`);
  }
}

/** The cells of every value over facts. Throws NothingToSweep. */
export async function sweepFile(
  duck: Duck,
  { typed }: TypedFacts,
  request: ImpactRequest,
  { key, values }: SweepOf,
): Promise<SweepCell[]> {
  const over = await Sweep.over(duck, typed, request, key);
  if (over === null) throw new NothingToSweep(key);
  const cells: SweepCell[] = [];
  for (const value of values) cells.push(...(await over.at(value)));
  return cells;
}
