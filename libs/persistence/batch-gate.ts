import type { Pool } from 'pg';
import type { CivilDate } from '../domain/civil-date.js';
import type { Verdict } from '../domain/verdict.js';
import type { LoadedBook } from '../platform/load-book.js';
import type { Outcome } from '../rules/evaluate.js';
import { Gates } from '../rules/gates.js';
import { parametersInForce } from '../rules/parameters.js';
import { type Checkpoint, doorsOf } from '../rules/rule-format.js';
import { factsOfRow } from './facts/facts-of-row.js';
import { GATHER_SQL } from './facts/gather-sql.js';
import type { GatheredRow } from './facts/gathered-row.js';
import { inUnion } from './pool.js';
import { wholeUnion } from './scope.js';

const CHUNK = 500;

export interface BatchRequest {
  readonly unionId: string;
  readonly asOf: CivilDate;
  readonly checkpoint: Checkpoint;
  /** Only these rules; all of the book where left out. */
  readonly rules?: ReadonlySet<string>;
  readonly onProgress?: (done: number, total: number) => void;
  /** Each decided application with its outcome, in the order of the applications. */
  readonly onDecided?: (ref: string, outcome: Outcome) => void;
}

export interface BatchResult {
  readonly applications: number;
  readonly findings: Record<string, number>;
  /** Counted by worst verdict; WARN is there only where some application has no worse. */
  readonly verdicts: Partial<Record<Verdict, number>>;
}

/** Decides every application of a union as of a day: facts are gathered set-wise, decisions made by the live gate. */
export async function batchGate(pool: Pool, loaded: LoadedBook, request: BatchRequest): Promise<BatchResult> {
  const { unionId, asOf, checkpoint, rules } = request;
  const ids = await inUnion(pool, wholeUnion(unionId), (sql) =>
    sql.query<{ id: string; ref: string }>(
      'select id, coalesce(external_ref, file_no) as ref from loan_application where submitted_on <= $1 order by submitted_at, id',
      [asOf],
    ),
  );
  const parameters = parametersInForce(loaded.parameters, asOf);
  const gates = new Gates();
  const named = loaded.book.rules.filter((rule) => doorsOf(rule).includes(checkpoint) && (rules?.has(rule.id) ?? true));
  const findings = Object.fromEntries(named.map(({ id }) => [id, 0]));
  const verdicts: Partial<Record<Verdict, number>> = { BLOCK: 0, REFER: 0, PASS: 0 };
  for (let at = 0; at < ids.rows.length; at += CHUNK) {
    const chunk = ids.rows.slice(at, at + CHUNK);
    const facts = await gatherFacts(
      pool,
      unionId,
      chunk.map(({ id }) => id),
      asOf,
    );
    for (const { id, ref } of chunk) {
      const row = facts.get(id);
      if (row === undefined) throw new Error(`no facts were gathered for application ${ref}`);
      const product = { code: row.product_code, category: row.category };
      const outcome = await gates
        .gate(loaded.book, parameters, checkpoint, product, asOf, rules)
        .decide(factsOfRow(row, asOf));
      verdicts[outcome.verdict] = (verdicts[outcome.verdict] ?? 0) + 1;
      for (const { ruleId } of outcome.findings) findings[ruleId] = (findings[ruleId] ?? 0) + 1;
      request.onDecided?.(ref, outcome);
    }
    request.onProgress?.(at + chunk.length, ids.rows.length);
  }
  return { applications: ids.rows.length, findings, verdicts };
}

async function gatherFacts(
  pool: Pool,
  unionId: string,
  ids: string[],
  asOf: CivilDate,
): Promise<Map<string, GatheredRow>> {
  const rows = await inUnion(pool, wholeUnion(unionId), (sql) =>
    sql.query<GatheredRow>({ name: 'gather-facts', text: GATHER_SQL, values: [unionId, ids, asOf] }),
  );
  return new Map(rows.rows.map((row) => [row.application_id, row]));
}
