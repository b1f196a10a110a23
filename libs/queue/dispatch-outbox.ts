import type { Queue } from 'bullmq';
import type pg from 'pg';
import { inUnion, type Sql } from '../persistence/pool.js';
import { ofNoUnit } from '../persistence/scope.js';
import { JOB_OPTIONS, jobOf, type QueueName, queueOf } from './jobs.js';

const BATCH = 200;

export type Queues = Readonly<Record<QueueName, Queue>>;

interface OutboxRow {
  readonly id: string;
  readonly topic: string;
  readonly payload: Record<string, string>;
}

/**
 * Turns waiting outbox rows of every union into jobs whose id is the row's: a row that is dispatched twice is still
 * one job. A row that no job takes, and a union that fails, are told to `onError` and hold up no other. Returns how many
 * rows were dispatched.
 */
export async function dispatchOutbox(
  pool: pg.Pool,
  queues: Queues,
  at: Date,
  onError: (error: Error) => void,
): Promise<number> {
  const unions = await pool.query<{ id: string }>('select id from county_union');
  let dispatched = 0;
  for (const { id: unionId } of unions.rows) {
    const dispatching = inUnion(pool, ofNoUnit(unionId), (sql) => dispatchUnion(sql, { unionId, queues, at, onError }));
    dispatched += await dispatching.catch((cause: Error) => {
      onError(cause);
      return 0;
    });
  }
  return dispatched;
}

async function dispatchUnion(
  sql: Sql,
  { unionId, queues, at, onError }: { unionId: string; queues: Queues; at: Date; onError: (error: Error) => void },
): Promise<number> {
  const { rows } = await sql.query<OutboxRow>(
    `select id, topic, payload from outbox_event where union_id = $1 and dispatched_at is null
     order by created_at limit ${BATCH} for update skip locked`,
    [unionId],
  );
  for (const { id, topic, payload } of rows) {
    const job = readJob(topic, { unionId, outboxId: id }, payload);
    if (job instanceof Error) onError(job);
    else await queues[queueOf(job.name)].add(job.name, job.data, { ...JOB_OPTIONS, jobId: id });
  }
  await sql.query('update outbox_event set dispatched_at = $3 where union_id = $1 and id = any($2)', [
    unionId,
    rows.map(({ id }) => id),
    at,
  ]);
  return rows.length;
}

function readJob(...[topic, outbox, payload]: Parameters<typeof jobOf>): ReturnType<typeof jobOf> | Error {
  try {
    return jobOf(topic, outbox, payload);
  } catch {
    return new Error(`outbox row ${outbox.outboxId} of ${topic} carries what no job takes`);
  }
}
