import type pg from 'pg';
import type { IdSource } from '../domain/clock.js';
import { AUDIT_ROW, type AuditRow, BEFORE_THE_FIRST, linkHash } from './audit-chain.js';
import { inUnion, type Sql } from './pool.js';
import { ofNoUnit } from './scope.js';

const BATCH = 500;

/**
 * Links the audit rows of a union that wait, in the order of their time, in one small transaction. One sealer at a time:
 * another that comes meanwhile finds nothing to do. Commits of acts never wait for it. Returns how many were sealed.
 */
export function sealAudit(pool: pg.Pool, ids: IdSource, unionId: string, at: Date): Promise<number> {
  return inUnion(pool, ofNoUnit(unionId), async (sql) => {
    const alone = await sql.query<{ alone: boolean }>(
      `select pg_try_advisory_xact_lock(hashtextextended('audit seal ' || $1::text, 0)) as alone`,
      [unionId],
    );
    return alone.rows[0]?.alone === true ? sealWaiting(sql, ids, unionId, at) : 0;
  });
}

async function sealWaiting(sql: Sql, ids: IdSource, unionId: string, at: Date): Promise<number> {
  const waiting = await sql.query<AuditRow>(
    `select ${AUDIT_ROW} from audit_pending w join audit_event e on e.union_id = $1 and e.id = w.audit_id
     where w.union_id = $1 order by w.since, w.audit_id limit ${BATCH}`,
    [unionId],
  );
  if (waiting.rows.length === 0) return 0;
  const last = await sql.query<{ sequence: string; hash: string }>(
    'select sequence, hash from audit_seal where union_id = $1 order by sequence desc limit 1',
    [unionId],
  );
  let sequence = Number(last.rows[0]?.sequence ?? 0);
  let previousHash = last.rows[0]?.hash ?? BEFORE_THE_FIRST;
  for (const row of waiting.rows) {
    sequence += 1;
    const hash = linkHash(row, sequence, previousHash);
    await sql.query({
      name: 'seal-audit',
      text: 'insert into audit_seal (id, union_id, sequence, audit_id, previous_hash, hash, sealed_at) values ($1, $2, $3, $4, $5, $6, $7)',
      values: [ids.next(), unionId, sequence, row.id, previousHash, hash, at],
    });
    previousHash = hash;
  }
  return waiting.rows.length;
}

/** Since when the oldest audit row of a union waits for its seal; null where none waits. */
export function unsealedSince(pool: pg.Pool, unionId: string): Promise<Date | null> {
  return inUnion(pool, ofNoUnit(unionId), async (sql) => {
    const found = await sql.query<{ since: Date | null }>(
      'select min(since) as since from audit_pending where union_id = $1',
      [unionId],
    );
    return found.rows[0]?.since ?? null;
  });
}

/** The same over every union of the installation. */
export async function unsealedAnywhereSince(pool: pg.Pool): Promise<Date | null> {
  const unions = await pool.query<{ id: string }>('select id from county_union');
  let oldest: Date | null = null;
  for (const { id } of unions.rows) {
    const since = await unsealedSince(pool, id);
    if (since !== null && (oldest === null || since < oldest)) oldest = since;
  }
  return oldest;
}
