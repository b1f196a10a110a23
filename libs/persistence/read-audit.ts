import { AUDIT_ROW, type AuditRow } from './audit-chain.js';
import type { Sql } from './pool.js';

export interface AuditQuery {
  /** Rows on one record: an application, a firm, a customer. */
  readonly subjectId: string | undefined;
  readonly staffId: string | undefined;
  /** A business day in Asia/Shanghai. */
  readonly day: string | undefined;
  readonly cursor: string | undefined;
  readonly limit: number;
}

/** An audit row as an auditor reads it, with its place in the chain; null while it waits for it. */
export type AuditReading = AuditRow & { readonly sequence: number | null };

/**
 * The audit trail, newest first, by record, person and day. $1 union. The cursor is the id of the last row seen: ids are
 * in the order in which rows were made.
 */
const TRAIL_SQL = `
select ${AUDIT_ROW}, s.sequence::float8 as sequence from audit_event e
left join audit_seal s on s.union_id = $1 and s.audit_id = e.id
where e.union_id = $1 and ($2::uuid is null or e.subject_id = $2) and ($3::uuid is null or e.actor_id = $3)
  and ($4::date is null or e.at >= $4::date::timestamp at time zone 'Asia/Shanghai'
    and e.at < ($4::date + 1)::timestamp at time zone 'Asia/Shanghai')
  and ($5::uuid is null or e.id < $5)
order by e.id desc limit $6`;

export async function readAudit(sql: Sql, unionId: string, query: AuditQuery): Promise<AuditReading[]> {
  const { subjectId, staffId, day, cursor, limit } = query;
  const values = [unionId, subjectId ?? null, staffId ?? null, day ?? null, cursor ?? null, limit];
  return (await sql.query<AuditReading>(TRAIL_SQL, values)).rows;
}
