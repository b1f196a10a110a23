import type { CivilDate } from '../domain/civil-date.js';
import type { Parameter } from '../rules/rule-format.js';
import type { Sql } from './pool.js';

/** A value of a parameter with its dates and where it comes from. */
export interface ParameterRow {
  readonly key: string;
  readonly value: number | string | boolean;
  readonly unit: string;
  readonly from: string;
  readonly to: string | null;
  readonly source: string;
  readonly sourceEn: string | null;
  readonly clause: string;
  readonly own: boolean;
}

const ROWS = `
select p.key, p.value, p.unit, p.valid_from::text as "from", p.valid_to::text as "to", p.source, p.source_en as "sourceEn", p.clause, p.own
from policy_parameter p where p.union_id = $1 and (p.valid_to is null or p.valid_to >= p.valid_from)`;

/** Every value that is, was or will be in force, by key and date. */
export const parameterRows = async (sql: Sql, unionId: string): Promise<ParameterRow[]> =>
  (await sql.query<ParameterRow>(`${ROWS} order by p.key, p.valid_from`, [unionId])).rows;

/** The same as the file of a book's folder has them. */
export async function datedParameters(sql: Sql, unionId: string): Promise<Parameter[]> {
  const rows = await parameterRows(sql, unionId);
  return rows.map(({ source, sourceEn, ...row }) => ({ ...row, source: { zh: source, en: sourceEn ?? source } }));
}

/** Values in force that run out within some days with nothing that follows them at once. */
export async function expiringParameters(
  sql: Sql,
  unionId: string,
  on: CivilDate,
  days: number,
): Promise<ParameterRow[]> {
  const found = await sql.query<ParameterRow>(
    `${ROWS} and p.valid_from <= $2 and p.valid_to between $2 and $2::date + $3::int and not exists (select from policy_parameter n
       where n.union_id = $1 and n.key = p.key and n.valid_from = p.valid_to + 1 and (n.valid_to is null or n.valid_to >= n.valid_from))
     order by p.valid_to, p.key`,
    [unionId, on, days],
  );
  return found.rows;
}

/** Values in force that are examples of the product: the union has not made them its own yet. */
export async function unconfirmedParameters(sql: Sql, unionId: string, on: CivilDate): Promise<ParameterRow[]> {
  const found = await sql.query<ParameterRow>(
    `${ROWS} and p.own and p.valid_from <= $2 and (p.valid_to is null or p.valid_to >= $2) order by p.key`,
    [unionId, on],
  );
  return found.rows;
}
