import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Pool, QueryResult, QueryResultRow } from 'pg';
import type { RawFacts } from '../../bulk/raw-facts.js';
import type { CivilDate } from '../../domain/civil-date.js';
import { inUnion } from '../pool.js';
import { wholeUnion } from '../scope.js';
import { factsOfRow } from './facts-of-row.js';
import { GATHER_SQL } from './gather-sql.js';
import type { GatheredRow } from './gathered-row.js';

const CHUNK = 500;

/** A page at a time: however many applications there are, so many are in memory. */
const ASKED_SQL = `
select a.id, coalesce(a.external_ref, a.file_no) as ref, u.code as branch, a.known_outcome
from loan_application a join org_unit u on u.union_id = a.union_id and u.id = a.branch_id
where a.union_id = $1 and a.submitted_on <= $2 and ($3::uuid is null or a.id > $3) order by a.id limit ${CHUNK}`;

const COUNT_SQL = 'select count(*)::int as total from loan_application where union_id = $1 and submitted_on <= $2';

interface Asked {
  readonly id: string;
  readonly ref: string;
  readonly branch: string;
  readonly known_outcome: 'good' | 'bad' | null;
}

export interface GatherRequest {
  readonly unionId: string;
  readonly asOf: CivilDate;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Gathers the facts of every application of a union into a file of JSON lines (`RawFacts`), in the order in which they were recorded. */
export async function gatherToFile(pool: Pool, request: GatherRequest, file: string): Promise<void> {
  const { unionId, asOf, onProgress } = request;
  const ask = <Row extends QueryResultRow>(text: string, ...more: unknown[]): Promise<QueryResult<Row>> =>
    inUnion(pool, wholeUnion(unionId), (sql) => sql.query<Row>(text, [unionId, asOf, ...more]));
  const total = (await ask<{ total: number }>(COUNT_SQL)).rows[0]?.total ?? 0;
  const out = createWriteStream(file);
  let written = 0;
  let last: string | null = null;
  for (;;) {
    const chunk: Asked[] = (await ask<Asked>(ASKED_SQL, last)).rows;
    if (chunk.length === 0) break;
    const ids = chunk.map(({ id }) => id);
    last = ids.at(-1) ?? null;
    const gathered = await inUnion(pool, wholeUnion(unionId), (sql) =>
      sql.query<GatheredRow>({ name: 'gather-facts', text: GATHER_SQL, values: [unionId, ids, asOf] }),
    );
    const byId = new Map(gathered.rows.map((row) => [row.application_id, row]));
    for (const { id, ref, branch, known_outcome: outcome } of chunk) {
      const row = byId.get(id);
      if (row === undefined) throw new Error(`no facts were gathered for application ${ref}`);
      written += 1;
      const line: RawFacts = {
        id: `${String(written).padStart(9, '0')}`,
        ref,
        branch,
        product_code: row.product_code,
        category: row.category,
        business_date: asOf,
        decided: null,
        outcome,
        facts: factsOfRow(row, asOf),
      };
      if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, 'drain');
    }
    onProgress?.(written, total);
  }
  await finished(out.end());
}
