import type { Sql } from './pool.js';

type Values = Readonly<Record<string, number | string | boolean>>;

/** The values of the parameters in force on a day. One that is missing or has run out is not there. */
export async function parametersInForceOn(sql: Sql, unionId: string, on: string): Promise<Values> {
  const rows = await sql.query<{ key: string; value: number | string | boolean }>(
    'select key, value from policy_parameter where union_id = $1 and valid_from <= $2 and (valid_to is null or valid_to >= $2)',
    [unionId, on],
  );
  return Object.fromEntries(rows.rows.map(({ key, value }) => [key, value]));
}
