import { contentHash } from '../../rules/content-hash.js';
import type { Sql } from '../pool.js';
import type { ImportReport, ImportRequest, ImportTools } from './import-request.js';

/** Keeps that files came in, by which mapping, how much of them was taken and refused: in the import's own transaction. */
export async function recordImport(
  sql: Sql,
  { unionId, mapping, actorName }: ImportRequest,
  { taken, refusedLines }: ImportReport,
  startedAt: Date,
  { clock, ids }: ImportTools,
): Promise<void> {
  const id = ids.next();
  const mappingHash = contentHash(mapping);
  await sql.query(
    `insert into import_run (id, union_id, mapping_name, mapping_hash, started_at, finished_at, taken, refused)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, unionId, mapping.name, mappingHash, startedAt, clock.now(), JSON.stringify(taken), refusedLines],
  );
  await sql.query(
    `insert into audit_event (id, union_id, at, actor_name, request_id, action, subject_kind, subject_id, after)
     values ($1, $2, $3, $4, $5, 'import.run', 'importRun', $6, $7)`,
    [
      ids.next(),
      unionId,
      clock.now(),
      actorName,
      id,
      id,
      JSON.stringify({ mapping: mapping.name, mappingHash, taken, refusedLines }),
    ],
  );
}
