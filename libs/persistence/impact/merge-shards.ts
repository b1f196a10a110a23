import { mergeSwept, type SweepCell } from '../../bulk/impact/sweep.js';
import { type ImpactTally, mergeTallies } from '../../bulk/impact/tally.js';
import type { Sql } from '../pool.js';
import type { ShardResult } from './over-decisions.js';

/** Shards added up at once: a swept one may have counted some thousand cells. */
const AT_ONCE = 8;

/** What all shards of a run counted, together. */
export async function mergeShards(sql: Sql, unionId: string, runId: string): Promise<ShardResult> {
  let merged: ShardResult = { tally: mergeTallies([]), swept: null };
  for (let from = 0; ; from += AT_ONCE) {
    const { rows } = await sql.query<{ tally: ImpactTally; swept: SweepCell[] | null }>(
      'select tally, swept from impact_shard where union_id = $1 and run_id = $2 and number between $3 and $4 order by number',
      [unionId, runId, from, from + AT_ONCE - 1],
    );
    if (rows.length === 0) return merged;
    const swept = rows.flatMap((row) => row.swept ?? []);
    merged = {
      tally: mergeTallies([merged.tally, ...rows.map(({ tally }) => tally)]),
      swept: rows.some((row) => row.swept !== null) ? mergeSwept([...(merged.swept ?? []), ...swept]) : merged.swept,
    };
  }
}
