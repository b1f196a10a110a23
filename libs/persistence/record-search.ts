import type { IdSource } from '../domain/clock.js';
import { type Actor, actingAppointment } from '../usecases/actor.js';
import type { Sql } from './pool.js';

/** Keeps who searched, by what kind of term, why, and whom it showed; never the number that was searched for. */
export async function recordSearch(
  sql: Sql,
  actor: Actor,
  search: { purpose: string; by: readonly string[]; found: readonly string[] },
  ids: IdSource,
): Promise<void> {
  await sql.query(
    `insert into audit_event (id, union_id, at, actor_id, actor_name, appointment_id, request_id, action, subject_kind, after)
     values ($1, $2, $3, $4, $5, $6, $7, 'search.in-house', 'search', $8)`,
    [
      ids.next(),
      actor.unionId,
      actor.at,
      actor.staffId,
      actor.name,
      actingAppointment(actor, 'search:in-house'),
      actor.requestId,
      JSON.stringify(search),
    ],
  );
}
