import type { Duck } from '#libs/bulk/duck.js';
import type { HandFacts } from './hand-written.js';

/** Typed facts as objects of numbers, in the order of their ids, as a program would have them in memory. */
export async function readRows(duck: Duck, facts: string): Promise<HandFacts[]> {
  const columns = await duck.rows<{ column_name: string }>(`describe select * exclude (id) from ${facts}`);
  const names = columns.map(({ column_name }) => column_name);
  const rows: HandFacts[] = [];
  const selected = names.map((name) => `"${name}"::double`).join(', ');
  for await (const values of duck.stream(`select ${selected} from ${facts} order by id`)) {
    const facts: Record<string, number | null> = {};
    for (let index = 0; index < names.length; index += 1)
      facts[names[index] as string] = values[index] as number | null;
    rows.push(facts);
  }
  return rows;
}
