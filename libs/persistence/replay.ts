import type pg from 'pg';
import type { CivilDate } from '../domain/civil-date.js';
import type { RuleBook } from '../rules/book.js';
import { contentHash } from '../rules/content-hash.js';
import type { Outcome } from '../rules/evaluate.js';
import type { FactSet } from '../rules/fact-value.js';
import { Gates } from '../rules/gates.js';
import type { Checkpoint } from '../rules/rule-format.js';
import { stricterOf } from '../rules/stricter.js';
import type { BookStore } from './book-store.js';
import { inUnion, type Sql } from './pool.js';
import { wholeUnion } from './scope.js';

const PAGE = 500;

/** One way in which a re-made decision is not the stored one. */
export interface ReplayDifference {
  readonly decisionId: string;
  readonly applicationId: string;
  /** facts: what was stored is not what was decided on; outcome: deciding again gives another answer; and so on. */
  readonly what: 'facts' | 'outcome' | 'findings' | 'rule-book' | 'parameters';
  readonly detail: string;
}

export interface ReplayResult {
  readonly decisions: number;
  readonly differing: readonly ReplayDifference[];
}

interface StoredDecision {
  readonly id: string;
  readonly application_id: string;
  readonly checkpoint: string;
  readonly business_date: string;
  readonly book_hash: string;
  readonly pinned_book_hash: string | null;
  readonly parameter_set_hash: string;
  readonly product_code: string;
  readonly category: string;
  readonly verdict: string;
  readonly facts: FactSet;
  readonly facts_hash: string;
  readonly outcome_hash: string;
  readonly findings: readonly object[];
}

const STORED_SQL = `
select d.id, d.application_id, d.checkpoint::text, d.business_date::text, d.book_hash, d.pinned_book_hash, d.parameter_set_hash, d.product_code,
  p.category::text, d.verdict::text, d.facts, d.facts_hash, d.outcome_hash,
  coalesce((select jsonb_agg(jsonb_build_object('ruleId', f.rule_id, 'clause', f.clause, 'severity', f.severity, 'verdict', f.verdict,
    'judged', f.judged, 'excepted', f.excepted, 'operands', f.operands, 'zh', f.reason_zh, 'en', f.reason_en) order by f.position)
    from finding f where f.union_id = d.union_id and f.decision_id = d.id), '[]') as findings
from decision d join product p on p.union_id = d.union_id and p.code = d.product_code
where d.union_id = $1 and d.id > $2 and ($3::uuid is null or d.id = $3) order by d.id limit ${PAGE}`;

/** Re-makes stored decisions under their own book and parameters and reports every difference. */
export async function replayDecisions(
  pool: pg.Pool,
  books: BookStore,
  unionId: string,
  options: { decisionId?: string; onProgress?: (done: number) => void } = {},
): Promise<ReplayResult> {
  const gates = new Gates();
  const differing: ReplayDifference[] = [];
  let decisions = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const page = await inUnion(pool, wholeUnion(unionId), async (sql) => {
      const { rows } = await sql.query<StoredDecision>(STORED_SQL, [unionId, after, options.decisionId ?? null]);
      for (const row of rows) differing.push(...(await differencesOf(row, sql, unionId, books, gates)));
      return rows;
    });
    decisions += page.length;
    options.onProgress?.(decisions);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return { decisions, differing };
    after = last.id;
  }
}

async function differencesOf(
  row: StoredDecision,
  sql: Sql,
  unionId: string,
  books: BookStore,
  gates: Gates,
): Promise<ReplayDifference[]> {
  const differ = (what: ReplayDifference['what'], detail: string): ReplayDifference[] => [
    { decisionId: row.id, applicationId: row.application_id, what, detail },
  ];
  try {
    const hashes = [row.book_hash, ...(row.pinned_book_hash === null ? [] : [row.pinned_book_hash])];
    const deciding: RuleBook[] = [];
    for (const hash of hashes) {
      const book = await books.byHash(sql, unionId, hash);
      if (book === null) return differ('rule-book', `book ${hash} is not there`);
      deciding.push(book);
    }
    const parameters = await books.parametersByHash(sql, unionId, row.parameter_set_hash);
    if (parameters === null) return differ('parameters', `parameter set ${row.parameter_set_hash} is not there`);
    const found: ReplayDifference[] = [];
    const factsHash = contentHash(row.facts);
    if (factsHash !== row.facts_hash)
      found.push(...differ('facts', `facts hash to ${factsHash}, decided on ${row.facts_hash}`));
    const product = { code: row.product_code, category: row.category };
    const checkpoint = row.checkpoint.replaceAll('_', '-') as Checkpoint;
    const again = (book: RuleBook): Promise<Outcome> =>
      gates.gate(book, parameters, checkpoint, product, row.business_date as CivilDate).decide(row.facts);
    const outcomes: Outcome[] = [];
    for (const book of deciding) outcomes.push(await again(book));
    const outcome = outcomes.reduce((first, second) => stricterOf(first, second).outcome);
    if (outcome.verdict !== row.verdict || outcome.hash !== row.outcome_hash) {
      found.push(...differ('outcome', `${row.verdict} then, ${outcome.verdict} now`));
    }
    const refound = outcome.findings.map(
      ({ ruleId, clause, severity, verdict, judged, excepted, operands, reason }) => ({
        ruleId,
        clause,
        severity,
        verdict,
        judged,
        excepted,
        operands,
        zh: reason.zh,
        en: reason.en,
      }),
    );
    if (contentHash(refound) !== contentHash(row.findings))
      found.push(...differ('findings', 'the stored findings are not those that deciding again gives'));
    return found;
  } catch (cause) {
    return differ('rule-book', cause instanceof Error ? cause.message : String(cause));
  }
}
