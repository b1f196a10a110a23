import type pg from 'pg';
import { inUnion } from './pool.js';
import { ofNoUnit, reading } from './scope.js';

/** The unit of an application or customer of the union, whoever asks; null where there is none. */
export async function unitOfRecord(pool: pg.Pool, unionId: string, id: string): Promise<string | null> {
  const found = await inUnion(pool, reading(ofNoUnit(unionId)), (sql) =>
    sql.query<{ unit: string | null }>('select unit_of_record($1) as unit', [id]),
  );
  return found.rows[0]?.unit ?? null;
}
