import type { Sql } from './pool.js';

const WIDEN_SQL = `select current_setting('app.unit_scope', true) as held, set_config('app.unit_scope', 'all', true)`;
const NARROW_SQL = `select set_config('app.unit_scope', $1, true)`;

/**
 * Lets one statement of a transaction look across the branches: a borrower's household, group and papers are judged over the
 * union (M2, G3). Where it fails the transaction is lost, and the wider scope with it.
 */
export async function acrossBranches<T>(sql: Sql, work: () => Promise<T>): Promise<T> {
  const found = await sql.query<{ held: string | null }>({ name: 'widen-scope', text: WIDEN_SQL, values: [] });
  const result = await work();
  await sql.query({ name: 'narrow-scope', text: NARROW_SQL, values: [found.rows[0]?.held ?? ''] });
  return result;
}
