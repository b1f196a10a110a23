import type { SweepCell } from '../../bulk/impact/sweep.js';
import type { ChangedCase, ImpactTally } from '../../bulk/impact/tally.js';
import type { Verdict } from '../../domain/verdict.js';
import { VERDICTS } from '../../domain/verdict.js';
import type { ImpactRunView } from '../../usecases/impact-runs.js';
import type { Sql } from '../pool.js';
import { RUNS_SQL } from './run-view.js';

/** A run with what it counted; null before it is done. */
export interface CountedRun {
  readonly run: ImpactRunView;
  readonly tally: ImpactTally | null;
  readonly swept: SweepCell[] | null;
}

/** Newest first, after the one of `cursor`. */
export async function impactRuns(
  sql: Sql,
  unionId: string,
  { cursor, limit }: { cursor: string | null; limit: number },
): Promise<ImpactRunView[]> {
  const where = 'and ($2::uuid is null or r.id < $2) order by r.id desc limit $3';
  return (await sql.query<ImpactRunView>(`${RUNS_SQL} ${where}`, [unionId, cursor, limit])).rows;
}

export async function countedRun(sql: Sql, unionId: string, id: string): Promise<CountedRun | null> {
  const [run] = (await sql.query<ImpactRunView>(`${RUNS_SQL} and r.id = $2`, [unionId, id])).rows;
  if (run === undefined) return null;
  const counted = await sql.query<Omit<CountedRun, 'run'>>(
    'select tally, swept from impact_run where union_id = $1 and id = $2',
    [unionId, id],
  );
  return { run, tally: null, swept: null, ...counted.rows[0] };
}

export type StoredChange = ChangedCase & { readonly id: string };

/** Which changed cases: each one that is left out says nothing. */
export interface ChangesAsked {
  readonly before?: Verdict | undefined;
  readonly after?: Verdict | undefined;
  /** One whose finding came or went. */
  readonly rule?: string | undefined;
  readonly branch?: string | undefined;
  readonly outcome?: 'good' | 'bad' | 'unknown' | undefined;
}

const CHANGES_SQL = `
select c.id, c.ref, c.branch, c.product, c.outcome, c.before, c.after, c.appeared, c.vanished
from impact_change c
where c.union_id = $1 and c.run_id = $2 and ($3::uuid is null or c.id > $3)
  and ($5::int is null or c.before = $5) and ($6::int is null or c.after = $6) and ($7::text is null or $7 = any(c.appeared || c.vanished))
  and ($8::text is null or c.branch = $8) and ($9::text is null or coalesce(c.outcome, 'unknown') = $9)
order by c.id limit $4`;

const level = (name: Verdict | undefined): number | null => (name === undefined ? null : VERDICTS.indexOf(name));

/** A page of the changed cases of a run, as they were written. */
export async function changesOf(
  sql: Sql,
  unionId: string,
  runId: string,
  { cursor, limit, before, after, rule, branch, outcome }: ChangesAsked & { cursor: string | null; limit: number },
): Promise<StoredChange[]> {
  const asked = [level(before), level(after), rule ?? null, branch ?? null, outcome ?? null];
  return (await sql.query<StoredChange>(CHANGES_SQL, [unionId, runId, cursor, limit, ...asked])).rows;
}
