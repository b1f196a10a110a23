import { Duck } from '#libs/bulk/duck.js';
import { type CivilDate, civilDateOf } from '#libs/domain/civil-date.js';
import { systemClock } from '#libs/platform/clock.js';
import { type Config } from '#libs/platform/config.js';
import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import { parametersInForce } from '#libs/rules/parameters.js';
import type { PortfolioSource } from '../../import-portfolio.js';
import type { Progress } from '../../output.js';
import { openScratchDatabase } from '../../scratch-database.js';
import { rounded } from '../measure.js';
import { type BenchRule, benchRules } from './bench-rules.js';
import { bureauFacts } from './bureau-facts.js';
import { type ContestResult, contest } from './contest.js';
import { generatedFacts } from './generated-facts.js';
import { peakMemory } from './memory.js';
import { type PastResult, pastDecisions } from './past-decisions.js';
import { type SliderResult, slider } from './slider.js';

const RULES = [20, 200] as const;
/** Decisions that the slow contenders make in a pass: some seconds of work. */
const ZEN_WORK = 200_000;
const ENGINE_WORK = 10_000;

export interface BacktestOptions {
  readonly rounds: number;
  /** Made-up cases of the contest. */
  readonly rows: number;
  readonly memoryRows: number;
  readonly pastDecisions: number;
  /** A portfolio of bureau reports; null where there is none at hand. */
  readonly bureau: PortfolioSource | null;
}

export interface BacktestResult extends SliderResult, PastResult {
  /** The least that ours was faster in any contest: than zen at its best, and than the loop by hand on one thread. */
  readonly zenParallelRatio: number;
  readonly handWrittenRatio: number;
  /** How many times longer 200 rules take than 20, over the made-up cases on one thread. */
  readonly growth20To200: number;
  readonly memoryRows: number;
  readonly memorySeconds: number;
  readonly memoryPeakMegabytes: number;
  readonly contests: Readonly<Record<string, ContestResult>>;
}

/** Measures the book as SQL: against other engines, its memory, an impact run, and one parameter dragged. */
export async function backtest(config: Config, progress: Progress, options: BacktestOptions): Promise<BacktestResult> {
  const on = civilDateOf(systemClock.now());
  const { contests, dragged } = await contestsOf(config, progress, options, on);
  const memory = await peakMemory({ rows: options.memoryRows, rules: RULES[1], on });
  const database = await openScratchDatabase(config);
  const past = await pastDecisions(database, options.pastDecisions, progress).finally(() => database.stop());
  const least = (ratio: (one: ContestResult) => number): number => Math.min(...Object.values(contests).map(ratio));
  const seconds = (rules: number): number => contests[`generated${rules}`]?.sqlSeconds ?? Number.NaN;
  return {
    zenParallelRatio: least(({ zenParallelRatio }) => zenParallelRatio),
    handWrittenRatio: least(({ handWrittenRatio }) => handWrittenRatio),
    growth20To200: rounded(seconds(RULES[1]) / seconds(RULES[0])),
    memoryRows: options.memoryRows,
    memorySeconds: memory.seconds,
    memoryPeakMegabytes: memory.peakMegabytes,
    ...past,
    ...dragged,
    contests,
  };
}

async function contestsOf(
  config: Config,
  progress: Progress,
  { rounds, rows, bureau }: BacktestOptions,
  on: CivilDate,
): Promise<{ contests: Record<string, ContestResult>; dragged: SliderResult }> {
  const loaded = await loadBook(defaultBookFolder());
  const sets = RULES.map((count) => benchRules(loaded, count, on));
  const originals = (sets[0] ?? []).map(({ rule }) => rule);
  const duck = await Duck.open();
  const over = (facts: string, rules: readonly BenchRule[]): Promise<ContestResult> => {
    const part = (work: number): number => Math.ceil(work / rules.length);
    return contest(duck, {
      facts,
      rules,
      on,
      rounds,
      zenRows: part(ZEN_WORK),
      engineRows: part(ENGINE_WORK),
      progress,
    });
  };
  const contests: Record<string, ContestResult> = {};
  try {
    await duck.run(`create table generated as ${generatedFacts(originals, rows)}`);
    if (bureau !== null) {
      const database = await openScratchDatabase(config);
      await bureauFacts(duck, database, originals, { source: bureau, loaded, on, progress }).finally(() =>
        database.stop(),
      );
    }
    for (const rules of sets) {
      if (bureau !== null) contests[`bureau${rules.length}`] = await over('bureau', rules);
      contests[`generated${rules.length}`] = await over('generated', rules);
    }
    const policy = { rules: originals, parameters: parametersInForce(loaded.parameters, on) };
    return { contests, dragged: await slider(duck, 'generated', policy, on) };
  } finally {
    duck.close();
  }
}
