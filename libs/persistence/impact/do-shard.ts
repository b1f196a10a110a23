import type { Policy } from '../../bulk/impact/impact-plan.js';
import type { ChangedCase } from '../../bulk/impact/tally.js';
import type { CivilDate } from '../../domain/civil-date.js';
import type { IdSource } from '../../domain/clock.js';
import { parameterSet } from '../../rules/parameters.js';
import type { ImpactPolicies, ImpactQuestion, PolicyContent } from '../../usecases/impact-runs.js';
import { inUnion, type Sql } from '../pool.js';
import { ofNoUnit, reading } from '../scope.js';
import type { Services } from '../services.js';
import type { DecisionRange } from './copy-decisions.js';
import { impactOfShard, type ShardResult } from './over-decisions.js';

/** Changed cases written by one statement. */
const WRITTEN_AT_ONCE = 1000;

export interface ShardOfRound {
  readonly unionId: string;
  readonly shardId: string;
  readonly roundId: string;
}

interface OpenShard {
  readonly run_id: string;
  readonly first: string;
  readonly last: string;
  readonly request: ImpactQuestion;
  readonly policies: ImpactPolicies;
}

/** A shard that is not done, of a run that is under way by this round; null where there is nothing to do. */
async function openShard(sql: Sql, { unionId, shardId, roundId }: ShardOfRound): Promise<OpenShard | null> {
  const found = await sql.query<OpenShard>(
    `select s.run_id, s.first_id as first, s.last_id as last, r.request, r.policies
     from impact_shard s join impact_run r on r.union_id = $1 and r.id = s.run_id
     where s.union_id = $1 and s.id = $2 and s.done_at is null and r.state = 'running' and r.round_id = $3`,
    [unionId, shardId, roundId],
  );
  return found.rows[0] ?? null;
}

const policyOf = ({ rules, values }: PolicyContent): Policy => ({ rules, parameters: parameterSet(values) });

/**
 * Runs one part of an impact run and writes what it counted, with its changed cases, in one transaction. Whoever does a
 * part that another has done meanwhile writes nothing.
 */
export async function doShard(services: Services, shard: ShardOfRound): Promise<'done' | 'not-needed'> {
  const { unionId } = shard;
  const { pool, kept } = services.bulk;
  const open = await inUnion(pool, reading(ofNoUnit(unionId)), (sql) => openShard(sql, shard));
  if (open === null) return 'not-needed';
  const { checkpoint, since, until, on, asDecided, rules, sweep } = open.request;
  const range: DecisionRange = { unionId, checkpoint, from: since as CivilDate, to: until as CivilDate };
  const request = {
    before: policyOf(open.policies.before),
    after: policyOf(open.policies.after),
    checkpoint,
    on: on as CivilDate,
    asDecided,
    ...(rules === null ? {} : { only: new Set(rules) }),
  };
  const changed: ChangedCase[] = [];
  const result = await impactOfShard(pool, range, open, request, (one) => void changed.push(one), sweep, kept);
  return inUnion(pool, ofNoUnit(unionId), async (sql) => {
    const lock = 'select from impact_shard where union_id = $1 and id = $2 and done_at is null for no key update';
    if ((await sql.query(lock, [unionId, shard.shardId])).rowCount !== 1) return 'not-needed';
    await writeChanges(sql, services.tools.ids, { ...shard, runId: open.run_id }, changed);
    await writeResult(sql, shard, result, services.clock.now());
    return 'done';
  });
}

async function writeChanges(
  sql: Sql,
  ids: IdSource,
  { unionId, shardId, runId }: ShardOfRound & { runId: string },
  changed: readonly ChangedCase[],
): Promise<void> {
  for (let from = 0; from < changed.length; from += WRITTEN_AT_ONCE) {
    const rows = changed
      .slice(from, from + WRITTEN_AT_ONCE)
      .map((one, index) => ({ id: ids.next(), position: from + index, ...one }));
    await sql.query(
      `insert into impact_change (id, union_id, run_id, shard_id, position, ref, branch, product, outcome, before, after, appeared, vanished)
       select c.id, $1, $2, $3, c.position, c.ref, c.branch, c.product, c.outcome, c.before, c.after, c.appeared, c.vanished
       from jsonb_to_recordset($4) as c(id uuid, position int, ref text, branch text, product text, outcome text, before int, after int,
         appeared text[], vanished text[])`,
      [unionId, runId, shardId, JSON.stringify(rows)],
    );
  }
}

async function writeResult(
  sql: Sql,
  { unionId, shardId }: ShardOfRound,
  { tally, swept }: ShardResult,
  at: Date,
): Promise<void> {
  await sql.query('update impact_shard set tally = $3, swept = $4, done_at = $5 where union_id = $1 and id = $2', [
    unionId,
    shardId,
    JSON.stringify(tally),
    swept === null ? null : JSON.stringify(swept),
    at,
  ]);
}
