import type pg from 'pg';
import { AUDIT_ROW, type AuditRow, BEFORE_THE_FIRST, linkHash } from './audit-chain.js';
import { inUnion, type Sql } from './pool.js';
import { ofNoUnit } from './scope.js';

const PAGE = 1000;

/** One way in which an audit trail is not what it was. */
export interface AuditBreach {
  readonly unionId: string;
  /** Null for a row that is in no chain. */
  readonly sequence: number | null;
  readonly auditId: string | null;
  /** edited: the row says something else; removed: it is gone; reordered: links do not follow; unsealed: in no chain for long. */
  readonly what: 'edited' | 'removed' | 'reordered' | 'unsealed' | 'anchor';
}

/** A link that was told to somebody outside: the chain must still hold it. */
export interface AuditAnchor {
  readonly unionId: string;
  readonly sequence: number;
  readonly hash: string;
}

interface Link {
  readonly sequence: string;
  readonly audit_id: string;
  readonly previous_hash: string;
  readonly hash: string;
}

export interface VerifyOptions {
  /** Rows younger than this may still wait for their link. */
  readonly sealedBefore: Date;
  readonly anchors?: readonly AuditAnchor[];
  onProgress?(rows: number): void;
}

/** Walks the chain of a union and tells every row that was edited, removed, reordered, or never sealed. */
export function verifyAudit(
  pool: pg.Pool,
  unionId: string,
  { sealedBefore, anchors = [], onProgress }: VerifyOptions,
): Promise<{ rows: number; broken: AuditBreach[]; head: AuditAnchor | null }> {
  return inUnion(pool, ofNoUnit(unionId), async (sql) => {
    const broken: AuditBreach[] = [];
    const tell = (sequence: number | null, auditId: string | null, what: AuditBreach['what']): void =>
      void broken.push({ unionId, sequence, auditId, what });
    let expected = 1;
    let previous = BEFORE_THE_FIRST;
    let rows = 0;
    for (let page = await linksAfter(sql, unionId, 0); page.length > 0; ) {
      for (const link of page) {
        const sequence = Number(link.sequence);
        if (sequence !== expected || link.previous_hash !== previous) tell(sequence, link.audit_id, 'reordered');
        const row = rowOf(link);
        if (row === null) tell(sequence, link.audit_id, 'removed');
        else if (linkHash(row, sequence, link.previous_hash) !== link.hash) tell(sequence, link.audit_id, 'edited');
        expected = sequence + 1;
        previous = link.hash;
        rows += 1;
      }
      onProgress?.(rows);
      page = await linksAfter(sql, unionId, expected - 1);
    }
    for (const id of await unsealed(sql, unionId, sealedBefore)) tell(null, id, 'unsealed');
    for (const anchor of anchors.filter((one) => one.unionId === unionId))
      if (!(await holds(sql, anchor))) tell(anchor.sequence, null, 'anchor');
    return { rows, broken, head: rows === 0 ? null : { unionId, sequence: expected - 1, hash: previous } };
  });
}

/** A link with its row; of a row that is gone every column is null. */
type LinkedRow = Link & Omit<AuditRow, 'id'> & { readonly id: string | null };

async function linksAfter(sql: Sql, unionId: string, sequence: number): Promise<LinkedRow[]> {
  const found = await sql.query<LinkedRow>(
    `select s.sequence, s.audit_id, s.previous_hash, s.hash, ${AUDIT_ROW}
     from audit_seal s left join audit_event e on e.union_id = $1 and e.id = s.audit_id
     where s.union_id = $1 and s.sequence > $2 order by s.sequence limit ${PAGE}`,
    [unionId, sequence],
  );
  return found.rows;
}

function rowOf({ sequence: _, audit_id: __, previous_hash: ___, hash: ____, id, ...row }: LinkedRow): AuditRow | null {
  return id === null ? null : { id, ...row };
}

/** Rows in no chain: those that nobody sealed in time, and those that were slipped in. */
async function unsealed(sql: Sql, unionId: string, before: Date): Promise<string[]> {
  const found = await sql.query<{ id: string }>(
    `select e.id from audit_event e left join audit_seal s on s.union_id = $1 and s.audit_id = e.id
     where e.union_id = $1 and s.id is null and e.at < $2 order by e.at limit ${PAGE}`,
    [unionId, before],
  );
  return found.rows.map(({ id }) => id);
}

async function holds(sql: Sql, { unionId, sequence, hash }: AuditAnchor): Promise<boolean> {
  const found = await sql.query('select from audit_seal where union_id = $1 and sequence = $2 and hash = $3', [
    unionId,
    sequence,
    hash,
  ]);
  return found.rowCount === 1;
}
