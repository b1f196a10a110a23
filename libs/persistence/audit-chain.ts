import { contentHash } from '../rules/content-hash.js';

/** What the first link follows. */
export const BEFORE_THE_FIRST = '0'.repeat(64);

/** An audit row as its link is made of it: texts as the database tells them in UTC, so that nothing depends on a client. */
export interface AuditRow {
  readonly id: string;
  readonly at: string;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly appointmentId: string | null;
  readonly requestId: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

/** The columns of an AuditRow, of audit_event `e`. */
export const AUDIT_ROW = `e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.actor_id as "actorId", e.actor_name as "actorName",
  e.appointment_id as "appointmentId", e.request_id as "requestId", e.action, e.subject_kind as "subjectKind", e.subject_id as "subjectId",
  e.before, e.after`;

/** SHA-256 over the canonical JSON of the row, its place in the chain and the link before. */
export const linkHash = (row: AuditRow, sequence: number, previousHash: string): string =>
  contentHash({ row, sequence, previousHash });
