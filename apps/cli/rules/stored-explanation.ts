import { z } from 'zod';
import { BookStore } from '#libs/persistence/book-store.js';
import { explainMatter, readMatter } from '#libs/persistence/explain-decision.js';
import { createPool, inUnion } from '#libs/persistence/pool.js';
import { reading, wholeUnion } from '#libs/persistence/scope.js';
import { systemIds } from '#libs/platform/clock.js';
import { readConfig } from '#libs/platform/config.js';
import { openDatabase } from '#libs/platform/database.js';
import type { ExplainedDecision } from '#libs/rules/explain/explained-decision.js';
import { CommandFailed } from '../output.js';

/** A kept decision of whichever union, explained. */
export async function storedExplanation(id: string, url: string | undefined): Promise<ExplainedDecision> {
  if (!z.uuid().safeParse(id).success) throw new CommandFailed(`${id} is no id of a decision`);
  const env = url === undefined ? process.env : { ...process.env, DATABASE_URL: url };
  const database = await openDatabase(readConfig(env));
  const pool = createPool(database.appUrl, 2);
  try {
    const books = new BookStore(pool, systemIds, null);
    const unions = await pool.query<{ id: string }>('select id from county_union order by code');
    for (const union of unions.rows) {
      const found = await inUnion(pool, reading(wholeUnion(union.id)), (sql) => readMatter(sql, books, union.id, id));
      if (found !== null) return await explainMatter(found);
    }
    throw new CommandFailed(`no decision ${id}`);
  } finally {
    await pool.end();
    await database.stop();
  }
}
