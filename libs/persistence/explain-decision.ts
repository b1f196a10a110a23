import type { CivilDate } from '../domain/civil-date.js';
import { type ExplainedMatter, explain } from '../rules/explain/explain.js';
import type { ExplainedDecision } from '../rules/explain/explained-decision.js';
import type { FactSet } from '../rules/fact-value.js';
import type { Checkpoint } from '../rules/rule-format.js';
import type { BookStore } from './book-store.js';
import type { Sql } from './pool.js';

interface StoredRow {
  readonly id: string;
  readonly application_id: string;
  readonly file_no: string;
  readonly branch: string;
  readonly checkpoint: string;
  readonly business_date: string;
  readonly decided_at: Date;
  readonly book_hash: string;
  readonly pinned_book_hash: string | null;
  readonly parameter_set_hash: string;
  readonly product_code: string;
  readonly category: string;
  readonly outcome_hash: string;
  readonly facts: FactSet;
}

const STORED_SQL = `
select d.id, d.application_id, a.file_no, u.name as branch, d.checkpoint::text, d.business_date::text, d.decided_at, d.book_hash,
  d.pinned_book_hash, d.parameter_set_hash, d.product_code, p.category::text, d.outcome_hash, d.facts
from decision d
join loan_application a on a.union_id = d.union_id and a.id = d.application_id
join org_unit u on u.union_id = a.union_id and u.id = a.branch_id
join product p on p.union_id = d.union_id and p.code = d.product_code
where d.union_id = $1 and d.id = $2`;

/** A stored decision with all that it was made on; null where the transaction's scope does not hold it. */
export interface StoredMatter {
  readonly decision: Omit<ExplainedDecision, 'explanation' | 'reproduced'>;
  readonly outcomeHash: string;
  readonly matter: ExplainedMatter;
}

/** Throws where a book or the parameters that it was made by are not there. */
export async function readMatter(
  sql: Sql,
  books: BookStore,
  unionId: string,
  decisionId: string,
): Promise<StoredMatter | null> {
  const { rows } = await sql.query<StoredRow>(STORED_SQL, [unionId, decisionId]);
  const [row] = rows;
  if (row === undefined) return null;
  const { pinned_book_hash: pinnedHash } = row;
  const book = await books.byHash(sql, unionId, row.book_hash);
  const pinnedBook = pinnedHash === null ? null : await books.byHash(sql, unionId, pinnedHash);
  const parameters = await books.parametersByHash(sql, unionId, row.parameter_set_hash);
  if (book === null || parameters === null || (pinnedHash !== null && pinnedBook === null))
    throw new Error(`decision ${row.id}: its books or parameters are not there`);
  return {
    decision: {
      id: row.id,
      applicationId: row.application_id,
      fileNo: row.file_no,
      branch: row.branch,
      decidedAt: row.decided_at.toISOString(),
    },
    outcomeHash: row.outcome_hash,
    matter: {
      book,
      pinnedBook,
      parameters,
      checkpoint: row.checkpoint.replaceAll('_', '-') as Checkpoint,
      product: { code: row.product_code, category: row.category },
      on: row.business_date as CivilDate,
      facts: row.facts,
    },
  };
}

/** Explains what was read; outside the transaction, since it reckons for a while. */
export async function explainMatter({ decision, outcomeHash, matter }: StoredMatter): Promise<ExplainedDecision> {
  const explanation = await explain(matter);
  return { ...decision, reproduced: explanation.outcomeHash === outcomeHash, explanation };
}
