import type pg from 'pg';
import { asOwner } from '../as-owner.js';
import type { Ground } from '../ground.js';
import { knownSecrets, secretsIn } from './secrets.js';

const BATCH = 2000;

export interface ClearTextResult {
  /** How much was looked at: texts of answers, lines of the log, rows of the database. */
  readonly looked: number;
  /** Where something lies in the clear, and what; never the thing itself. */
  readonly found: readonly string[];
}

/** Looks for identity numbers, phones, account numbers and passwords in what was answered, logged and stored. */
export async function scanClearText(
  { server, logged }: Ground,
  answers: ReadonlyMap<string, string>,
): Promise<ClearTextResult> {
  return asOwner(server.database.ownerUrl, server.unionId, async (owner) => {
    const secrets = await knownSecrets(owner, server.database.secret);
    const found: string[] = [];
    let looked = 0;
    const look = (where: string, text: string): void => {
      looked += 1;
      for (const what of secretsIn(text, secrets)) found.push(`${where}: ${what}`);
    };
    for (const line of logged().split('\n')) look('log', line);
    for (const [request, text] of answers) look(`answer to ${request.split('?')[0]}`, text);
    for (const table of await tables(owner)) for await (const row of rows(owner, table)) look(`table ${table}`, row);
    return { looked, found };
  });
}

async function tables(owner: pg.Client): Promise<string[]> {
  const found = await owner.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  return found.rows.map(({ name }) => name);
}

async function* rows(owner: pg.Client, table: string): AsyncGenerator<string> {
  await owner.query('begin');
  await owner.query(`declare every_row no scroll cursor for select t::text as text from "${table}" t`);
  for (;;) {
    const found = await owner.query<{ text: string }>(`fetch ${BATCH} from every_row`);
    if (found.rows.length === 0) break;
    for (const { text } of found.rows) yield text;
  }
  await owner.query('commit');
}
