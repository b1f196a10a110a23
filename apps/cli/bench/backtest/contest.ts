import { availableParallelism } from 'node:os';
import type { Duck } from '#libs/bulk/duck.js';
import type { CivilDate } from '#libs/domain/civil-date.js';
import { planDecision } from '#libs/rules/sql/decide-select.js';
import type { Progress } from '../../output.js';
import { type BenchRule, compiledRules } from './bench-rules.js';
import { engineContender } from './contenders/engine.js';
import { handContenders } from './contenders/hand.js';
import { zenContenders } from './contenders/zen.js';
import { handLoop } from './hand-loop.js';
import { Laps } from './laps.js';
import { readRows } from './read-rows.js';
import { sameAsSql } from './same-as-sql.js';

export interface ContestRequest {
  /** Typed facts as a table, with `id` from 0 up. */
  readonly facts: string;
  readonly rules: readonly BenchRule[];
  readonly on: CivilDate;
  readonly rounds: number;
  /** Rows that the contenders are given which decide one at a time. */
  readonly zenRows: number;
  readonly engineRows: number;
  readonly progress: Progress;
}

/** Decisions a second of each contender, every finding kept, and how many of ours each of theirs is worth. */
export interface ContestResult {
  readonly rows: number;
  readonly rules: number;
  readonly found: number;
  readonly unknown: number;
  readonly zenParallelRatio: number;
  readonly handWrittenRatio: number;
  readonly handWrittenListsRatio: number;
  readonly jsonRulesEngineRatio: number;
  /** Median seconds of one pass of ours on one thread. */
  readonly sqlSeconds: number;
  readonly perSecond: Readonly<Record<string, number>>;
}

/** Our SQL against the same rules elsewhere, by turns. Throws where one of them finds anything else. */
export async function contest(duck: Duck, request: ContestRequest): Promise<ContestResult> {
  const { facts, rules, on, rounds, progress } = request;
  const plan = planDecision([{ level: 'level', compiled: compiledRules(rules, on) }]);
  const statement = plan.select(facts, ['id']);
  const rows = await readRows(duck, facts);
  const said = handLoop(rules, rows);
  await sameAsSql(duck, statement, plan.places[0] ?? [], said);
  const zen = await zenContenders(rules, rows.slice(0, request.zenRows), said);
  const engine = await engineContender(rules, rows.slice(0, request.engineRows), said);
  const run = await duck.prepare(statement);
  const others = [...handContenders(rules, rows), ...zen.contenders, engine];
  const laps = new Laps();
  for (let round = 0; round <= rounds; round += 1) {
    progress.update(round, rounds, `${rules.length} rules over ${rows.length} rows`);
    if (round === 1) laps.forget(); // the first round warms up
    await duck.run('set threads = 1');
    await laps.lap('sqlOneThread', rows.length, run);
    for (const { name, rows: of, pass } of others) await laps.lap(name, of, pass);
    await duck.run(`set threads = ${availableParallelism()}`);
    await laps.lap('sql', rows.length, run);
  }
  zen.close();
  const best = (names: readonly string[]): number => Math.max(...names.map((name) => laps.perSecond(name)));
  const zenBest = best(zen.contenders.filter(({ parallel }) => parallel).map(({ name }) => name));
  return {
    rows: rows.length,
    rules: rules.length,
    found: said.answers.filter((answer) => answer === 1).length,
    unknown: said.answers.filter((answer) => answer === 2).length,
    zenParallelRatio: Math.round(best(['sql', 'sqlOneThread']) / zenBest),
    handWrittenRatio: laps.ratio('sqlOneThread', 'handWritten'),
    handWrittenListsRatio: laps.ratio('sqlOneThread', 'handWrittenLists'),
    jsonRulesEngineRatio: Math.round(laps.ratio('sqlOneThread', 'jsonRulesEngine')),
    sqlSeconds: Number((rows.length / laps.perSecond('sqlOneThread')).toFixed(4)),
    perSecond: laps.all(),
  };
}
