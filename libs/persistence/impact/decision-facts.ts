import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import type { Duck } from '../../bulk/duck.js';
import { fromCsv } from '../../bulk/raw-facts.js';
import { admittedBy, namesNobody, type TypedFacts, typedFromParquet, writeParquet } from '../../bulk/typed-facts.js';
import type { KeptFiles } from '../../platform/kept-files/kept-files.js';
import { contentHash } from '../../rules/content-hash.js';
import { inUnion } from '../pool.js';
import { reading, wholeUnion } from '../scope.js';
import {
  AROUND_DECISION,
  copyDecisions,
  type DecisionRange,
  type DecisionShard,
  OF_DECISION,
} from './copy-decisions.js';

/** Raised where what a kept file holds, or is addressed by, is made otherwise than before. */
const FORMAT = 1;

export interface FactsTools {
  readonly pool: pg.Pool;
  readonly duck: Duck;
  /** For files that are needed as long as the work lasts. */
  readonly folder: string;
  /** Null: nothing is kept. */
  readonly kept: KeptFiles | null;
}

/**
 * The facts of past decisions, ready to be decided. What stands in a decision is taken from the kept files, or copied out,
 * taken apart and kept; what may change since (the outcome, file number, branch, category) is read anew each time.
 */
export async function decisionFacts(
  { pool, duck, folder, kept }: FactsTools,
  range: DecisionRange,
  shard: DecisionShard,
): Promise<TypedFacts> {
  const copied = async <T>(columns: typeof OF_DECISION | typeof AROUND_DECISION, use: (raw: string) => Promise<T>) => {
    const file = join(folder, 'decisions.csv');
    await inUnion(pool, reading(wholeUnion(range.unionId)), (sql) => copyDecisions(sql, range, shard, file, columns));
    const used = await use(fromCsv(file, columns));
    await rm(file);
    return used;
  };
  await copied(AROUND_DECISION, (raw) => duck.run(`create or replace table around as select * from ${raw}`));
  const file = join(folder, 'facts.parquet');
  const key = await keyOf(duck, range);
  if ((await kept?.fetch(key, file)) !== true) {
    await copied(OF_DECISION, (raw) => writeParquet(duck, raw, OF_PARQUET, file));
    if (await namesNobody(duck, file)) await kept?.keep(key, file);
  }
  return typedFromParquet(file, 'around');
}

const OF_PARQUET = OF_DECISION.filter((name) => name !== 'facts');

/** The very decisions, the facts they saw, and how these are taken apart. */
async function keyOf(duck: Duck, { unionId, checkpoint }: DecisionRange): Promise<string> {
  const [of] = await duck.rows<{ decisions: number; first: string; last: string; facts: string }>(
    `select count(*)::int as decisions, min(id) as first, max(id) as last,
       sha256(coalesce(string_agg(id || facts_hash, ' ' order by id), '')) as facts from around`,
  );
  return contentHash({ format: FORMAT, unionId, checkpoint, ...of, admitted: await admittedBy(duck) });
}
