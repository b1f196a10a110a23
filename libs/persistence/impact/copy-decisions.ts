import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { type CopiedColumn, RAW_COLUMNS } from '../../bulk/raw-facts.js';
import type { CivilDate } from '../../domain/civil-date.js';
import { VERDICTS } from '../../domain/verdict.js';
import type { Checkpoint } from '../../rules/rule-format.js';
import { quoteText } from '../../rules/sql/dialect.js';
import type { Sql } from '../pool.js';

/** Which past decisions: of one checkpoint, made in a period. */
export interface DecisionRange {
  readonly unionId: string;
  readonly checkpoint: Checkpoint;
  readonly from: CivilDate;
  readonly to: CivilDate;
}

/** The part of a range from one decision to another, both included, by id. */
export interface DecisionShard {
  readonly first: string;
  readonly last: string;
}

const RANGE = 'd.union_id = $1 and d.checkpoint = $2::checkpoint and d.business_date between $3 and $4';

const BOUNDS_SQL = `
select min(id::text) as first, max(id::text) as last, count(*)::int as decisions
from (select d.id, (row_number() over (order by d.id) - 1) / $5::int as shard from decision d where ${RANGE}) numbered
group by shard order by shard`;

const values = ({ unionId, checkpoint, from, to }: DecisionRange): string[] => [
  unionId,
  checkpoint.replaceAll('-', '_'),
  from,
  to,
];

/** Cuts a range into parts of so many decisions. */
export async function shardDecisions(
  sql: Sql,
  range: DecisionRange,
  size: number,
): Promise<(DecisionShard & { readonly decisions: number })[]> {
  const found = await sql.query<DecisionShard & { decisions: number }>(BOUNDS_SQL, [...values(range), size]);
  return found.rows;
}

/** Bad where the loan that was made of the application is non-performing now; good where it is not, or was paid. */
const OUTCOME = `
coalesce((select case when bool_or(l.five_tier in ('substandard', 'doubtful', 'loss') or l.kind <> 'own') then 'bad'
    when bool_and(l.five_tier is not null or l.status = 'settled') then 'good' end
  from loan l where l.union_id = d.union_id and l.application_id = d.application_id), a.known_outcome)`;

const LEVEL = `case d.verdict ${VERDICTS.map((verdict, level) => `when '${verdict}' then ${level}`).join(' ')} end`;

/** Where each column is read. */
const COLUMNS: Readonly<Record<CopiedColumn, string>> = {
  id: 'd.id',
  ref: 'coalesce(a.external_ref, a.file_no)',
  branch: 'u.code',
  product_code: 'd.product_code',
  category: 'p.category',
  business_date: 'd.business_date',
  decided: LEVEL,
  outcome: OUTCOME,
  facts: 'd.facts',
  facts_hash: 'd.facts_hash',
};

/** What stands in the decision itself, and never changes. */
export const OF_DECISION = ['id', 'product_code', 'business_date', 'decided', 'facts'] as const;
/** What stands around it and may be another tomorrow, with the hash of its facts. */
export const AROUND_DECISION = ['id', 'ref', 'branch', 'category', 'outcome', 'facts_hash'] as const;

const AROUND_SQL = `
    join loan_application a on a.union_id = d.union_id and a.id = d.application_id
    join org_unit u on u.union_id = d.union_id and u.id = a.branch_id
    join product p on p.union_id = d.union_id and p.code = d.product_code`;

/** COPY takes no parameters: each value is a quoted constant. */
function copySql(range: DecisionRange, { first, last }: DecisionShard, columns: readonly CopiedColumn[]): string {
  const constants = [...values(range), first, last].map(quoteText);
  const where = RANGE.replaceAll(/\$(\d)/g, (_, index: string) => constants[Number(index) - 1] ?? '');
  const around = columns.every((column) => OF_DECISION.some((own) => own === column)) ? '' : AROUND_SQL;
  return `copy (select ${columns.map((column) => COLUMNS[column]).join(', ')}
    from decision d${around}
    where ${where} and d.id between ${constants[4]} and ${constants[5]}) to stdout (format csv)`;
}

/** Copies these columns of past decisions out into a CSV file, as fast as PostgreSQL gives them: `RawFacts`, or a part of it. */
export async function copyDecisions(
  sql: Sql,
  range: DecisionRange,
  shard: DecisionShard,
  file: string,
  columns: readonly CopiedColumn[] = RAW_COLUMNS,
): Promise<void> {
  const stream = (sql as pg.ClientBase).query(copyTo(copySql(range, shard, columns)));
  await pipeline(stream, createWriteStream(file));
}
