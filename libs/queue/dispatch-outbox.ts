import type { Queue } from 'bullmq';
import type pg from 'pg';
import { inUnion } from '../persistence/pool.js';
import { JOB_OPTIONS, jobOf } from './jobs.js';

const BATCH = 200;

interface OutboxRow {
  readonly id: string;
  readonly topic: string;
  readonly payload: Record<string, string>;
}

/**
 * Turns waiting outbox rows of every union into jobs whose id is the row's: a row that is dispatched twice is still
 * one job. Returns how many rows were dispatched.
 */
export async function dispatchOutbox(pool: pg.Pool, queue: Queue, at: Date): Promise<number> {
  const unions = await pool.query<{ id: string }>('select id from county_union');
  let dispatched = 0;
  for (const { id: unionId } of unions.rows) {
    dispatched += await inUnion(pool, unionId, async (sql) => {
      const { rows } = await sql.query<OutboxRow>(
        `select id, topic, payload from outbox_event where union_id = $1 and dispatched_at is null
         order by created_at limit ${BATCH} for update skip locked`,
        [unionId],
      );
      for (const { id, topic, payload } of rows) {
        const { name, data } = jobOf(topic, { unionId, outboxId: id }, payload);
        await queue.add(name, data, { ...JOB_OPTIONS, jobId: id });
      }
      await sql.query('update outbox_event set dispatched_at = $3 where union_id = $1 and id = any($2)', [
        unionId,
        rows.map(({ id }) => id),
        at,
      ]);
      return rows.length;
    });
  }
  return dispatched;
}
