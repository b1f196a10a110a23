import { VERDICTS, type Verdict } from '../../domain/verdict.js';
import { type Share, shareOf } from './share.js';
import type { ImpactCell, ImpactTally } from './tally.js';

/** Cases by verdict before (outer) and after (inner). */
export type VerdictMatrix = Readonly<Record<Verdict, Readonly<Record<Verdict, number>>>>;

/** Of the loans whose end is known: what the new policy would have stopped that the old one let through, and back. */
export interface OutcomeEffect {
  /** The verdict that counts as stopped, or a worse one. */
  readonly stoppedAt: Verdict;
  readonly badStopped: Share;
  readonly goodTurnedAway: Share;
  readonly badLetThrough: Share;
  readonly goodLetThrough: Share;
}

export interface RuleEffect {
  readonly rule: string;
  readonly before: number;
  readonly after: number;
  readonly appeared: number;
  readonly vanished: number;
  /** Among cases whose loan went bad, and good. */
  readonly bad: { readonly before: number; readonly after: number };
  readonly good: { readonly before: number; readonly after: number };
}

export interface ImpactSummary {
  readonly cases: number;
  readonly changed: number;
  readonly redecided: number;
  readonly matrix: VerdictMatrix;
  readonly byBranch: Readonly<Record<string, VerdictMatrix>>;
  readonly byProduct: Readonly<Record<string, VerdictMatrix>>;
  readonly rules: readonly RuleEffect[];
  readonly outcomesKnown: { readonly good: number; readonly bad: number };
  readonly outcomes: readonly OutcomeEffect[];
}

function matrixOf(cells: readonly ImpactCell[]): VerdictMatrix {
  const count = (before: number, after: number): number =>
    cells.reduce((sum, cell) => sum + (cell.before === before && cell.after === after ? cell.cases : 0), 0);
  return Object.fromEntries(
    VERDICTS.map((from, before) => [from, Object.fromEntries(VERDICTS.map((to, after) => [to, count(before, after)]))]),
  ) as unknown as VerdictMatrix;
}

function matricesBy(cells: readonly ImpactCell[], key: (cell: ImpactCell) => string): Record<string, VerdictMatrix> {
  const groups = new Map<string, ImpactCell[]>();
  for (const cell of cells) {
    const group = groups.get(key(cell));
    if (group === undefined) groups.set(key(cell), [cell]);
    else group.push(cell);
  }
  return Object.fromEntries([...groups].sort().map(([name, group]) => [name, matrixOf(group)]));
}

function effectAt(cells: readonly ImpactCell[], stoppedAt: Verdict): OutcomeEffect {
  const line = VERDICTS.indexOf(stoppedAt);
  const share = (outcome: 'good' | 'bad', stops: boolean): Share => {
    const known = cells.filter((cell) => cell.outcome === outcome);
    const all = known.reduce((sum, { cases }) => sum + cases, 0);
    const moved = known.filter(({ before, after }) => before >= line !== stops && after >= line === stops);
    return shareOf(
      moved.reduce((sum, { cases }) => sum + cases, 0),
      all,
    );
  };
  return {
    stoppedAt,
    badStopped: share('bad', true),
    goodTurnedAway: share('good', true),
    badLetThrough: share('bad', false),
    goodLetThrough: share('good', false),
  };
}

function ruleEffects({ rules }: ImpactTally): RuleEffect[] {
  const ids = [...new Set(rules.map(({ rule }) => rule))].sort();
  return ids.map((id) => {
    const own = rules.filter(({ rule }) => rule === id);
    const sum = (of: 'before' | 'after' | 'appeared' | 'vanished', outcome?: 'good' | 'bad'): number =>
      own.reduce((so, tally) => so + (outcome === undefined || tally.outcome === outcome ? tally[of] : 0), 0);
    const among = (outcome: 'good' | 'bad') => ({ before: sum('before', outcome), after: sum('after', outcome) });
    return {
      rule: id,
      before: sum('before'),
      after: sum('after'),
      appeared: sum('appeared'),
      vanished: sum('vanished'),
      bad: among('bad'),
      good: among('good'),
    };
  });
}

/** What a policy would change, from the tally of all its cases. */
export function summarise(tally: ImpactTally): ImpactSummary {
  const { cells } = tally;
  const known = (outcome: 'good' | 'bad'): number =>
    cells.reduce((sum, cell) => sum + (cell.outcome === outcome ? cell.cases : 0), 0);
  return {
    cases: tally.cases,
    changed: tally.changed,
    redecided: tally.redecided,
    matrix: matrixOf(cells),
    byBranch: matricesBy(cells, ({ branch }) => branch),
    byProduct: matricesBy(cells, ({ product }) => product),
    rules: ruleEffects(tally),
    outcomesKnown: { good: known('good'), bad: known('bad') },
    outcomes: (['BLOCK', 'REFER'] as const).map((verdict) => effectAt(cells, verdict)),
  };
}
