import type pg from 'pg';
import { CommandFailed } from './output.js';

/** The union of a code, or the only one there is. */
export async function unionOf(pool: pg.Pool, code: string | undefined): Promise<string> {
  const unions = await pool.query<{ id: string; code: string }>('select id, code from county_union order by code');
  const wanted = unions.rows.filter((one) => code === undefined || one.code === code);
  const codes = unions.rows.map((one) => one.code).join(', ');
  if (wanted.length > 1) throw new CommandFailed(`say which county union with --union: ${codes}`);
  const [found] = wanted;
  if (found === undefined)
    throw new CommandFailed(
      code === undefined ? 'there is no county union yet' : `no county union ${code}: there are ${codes}`,
    );
  return found.id;
}
