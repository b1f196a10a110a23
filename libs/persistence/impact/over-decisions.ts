import pLimit from 'p-limit';
import type pg from 'pg';
import { BULK_MEMORY_MEGABYTES, Duck } from '../../bulk/duck.js';
import { runShard, type ShardRequest } from '../../bulk/impact/run-shard.js';
import type { SweepCell } from '../../bulk/impact/sweep.js';
import { type SweepOf, sweepFile } from '../../bulk/impact/sweep-file.js';
import { type ChangedCase, type ImpactTally, mergeTallies } from '../../bulk/impact/tally.js';
import type { KeptFiles } from '../../platform/kept-files/kept-files.js';
import { inTemporaryFolder } from '../../platform/temporary-folder.js';
import { inUnion } from '../pool.js';
import { reading, wholeUnion } from '../scope.js';
import { type DecisionRange, type DecisionShard, shardDecisions } from './copy-decisions.js';
import { decisionFacts } from './decision-facts.js';

/** Decisions in one part: some hundred megabytes of facts, some seconds of work. */
export const SHARD_DECISIONS = 25_000;

/** Runs both policies over one part of past decisions. Its facts are copied out where they are not among the kept ones. */
export async function impactOfShard(
  pool: pg.Pool,
  range: DecisionRange,
  shard: DecisionShard,
  request: ShardRequest,
  onChanged: (changed: ChangedCase) => void | Promise<void>,
  sweep: SweepOf | null = null,
  kept: KeptFiles | null = null,
): Promise<ShardResult> {
  return inTemporaryFolder(async (folder) => {
    const duck = await Duck.open({ threads: 1, memoryMegabytes: BULK_MEMORY_MEGABYTES, spillTo: folder });
    try {
      const facts = await decisionFacts({ pool, duck, folder, kept }, range, shard);
      const tally = await runShard(duck, facts, request, onChanged);
      return { tally, swept: sweep === null ? null : await sweepFile(duck, facts, request, sweep) };
    } finally {
      duck.close();
    }
  });
}

export interface ShardResult {
  readonly tally: ImpactTally;
  /** Null where no sweep was asked for. */
  readonly swept: SweepCell[] | null;
}

export interface OverDecisions {
  readonly range: DecisionRange;
  readonly request: ShardRequest;
  readonly sweep: SweepOf | null;
  /** Parts under way at once. */
  readonly workers: number;
  /** Facts of earlier runs; null: none are kept. */
  readonly kept?: KeptFiles | null;
  readonly onChanged: (changed: ChangedCase) => void | Promise<void>;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Cuts the decisions of a range into parts. */
export const partsOf = (pool: pg.Pool, range: DecisionRange, size: number) =>
  inUnion(pool, reading(wholeUnion(range.unionId)), (sql) => shardDecisions(sql, range, size));

/** Runs both policies over all past decisions of a range in this process. */
export async function impactOverDecisions(
  pool: pg.Pool,
  { range, request, sweep, workers, kept, onChanged, onProgress }: OverDecisions,
): Promise<ShardResult> {
  const shards = await partsOf(pool, range, SHARD_DECISIONS);
  const total = shards.reduce((sum, { decisions }) => sum + decisions, 0);
  let done = 0;
  const atOnce = pLimit(workers);
  const results = await Promise.all(
    shards.map((shard) =>
      atOnce(async () => {
        const result = await impactOfShard(pool, range, shard, request, onChanged, sweep, kept);
        done += shard.decisions;
        onProgress?.(done, total);
        return result;
      }),
    ),
  );
  return {
    tally: mergeTallies(results.map(({ tally }) => tally)),
    swept: sweep === null ? null : results.flatMap(({ swept }) => swept ?? []),
  };
}
