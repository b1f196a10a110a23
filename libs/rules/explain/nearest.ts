import { type Verdict, worstVerdict } from '../../domain/verdict.js';
import type { Rule } from '../rule-format.js';
import type { Line, Move } from './moves.js';
import { verdictOfRule } from './situation.js';

/** A value on a line under which the checkpoint says something else, by the plain walk. */
export interface Turn {
  readonly line: Line;
  readonly verdict: Verdict;
  readonly move: Move;
  /** The first and the last value, next to each other, under which it says so; null where it goes on without end. */
  readonly from: unknown;
  readonly until: unknown;
}

interface Tried {
  readonly move: Move;
  readonly verdict: Verdict;
}

/**
 * For each other verdict that a change along one line can bring about, the nearest such value; where the values have no
 * order, or nothing is known of the present one, every value or one of each stretch of values.
 */
export function turnsOf(line: Line, rules: readonly Rule[], others: Verdict, present: Verdict): Turn[] {
  const tried = line.moves.map((move): Tried => {
    const said = rules.map((rule) => verdictOfRule(rule, move.situation));
    return { move, verdict: worstVerdict([others, ...said]) };
  });
  const differing = [...new Set(tried.map(({ verdict }) => verdict))].filter((one) => one !== present);
  return differing.flatMap((verdict) => {
    const reaching = tried.filter((one) => one.verdict === verdict);
    if (tried[0]?.move.rank === null) {
      return reaching.map(({ move }) => ({ line, verdict, move, from: move.to, until: move.to }));
    }
    const stretches = stretchesOf(tried).filter(([first]) => first?.verdict === verdict);
    const nearest = line.rank === null ? stretches : [nearestOf(stretches, line.rank)];
    return nearest.map((stretch) => turnOf(line, stretch, tried));
  });
}

/** Values next to each other that bring about the same verdict. */
function stretchesOf(tried: readonly Tried[]): Tried[][] {
  const stretches: Tried[][] = [];
  for (const one of tried) {
    const last = stretches.at(-1);
    if (last?.[0]?.verdict === one.verdict) last.push(one);
    else stretches.push([one]);
  }
  return stretches;
}

const rankOf = (one: Tried | undefined): number => one?.move.rank ?? 0;

/** How far a value is from the present one; from "never" every number is without end, and the largest the nearest. */
const distance = (rank: number, now: number): number =>
  now === Number.POSITIVE_INFINITY ? -rank : Math.abs(rank - now);

const nearestIn = (stretch: readonly Tried[], now: number): Tried =>
  stretch.reduce((best, next) => (distance(rankOf(next), now) < distance(rankOf(best), now) ? next : best));

const nearestOf = (stretches: readonly Tried[][], now: number): Tried[] =>
  stretches.reduce((best, next) =>
    distance(rankOf(nearestIn(next, now)), now) < distance(rankOf(nearestIn(best, now)), now) ? next : best,
  );

function turnOf(line: Line, stretch: readonly Tried[], tried: readonly Tried[]): Turn {
  const [first, last] = [stretch[0] as Tried, stretch.at(-1) as Tried];
  const numbers = tried.filter(({ move }) => move.rank !== Number.POSITIVE_INFINITY);
  const endless = last.move.rank === Number.POSITIVE_INFINITY || last === numbers.at(-1);
  const nearest = line.rank === null ? (endless ? first : last) : nearestIn(stretch, line.rank);
  return {
    line,
    verdict: first.verdict,
    move: nearest.move,
    from: first.move.to,
    until: endless ? null : last.move.to,
  };
}
