import type pg from 'pg';
import type { Policy } from '#libs/bulk/impact/impact-plan.js';
import { BookStore } from '#libs/persistence/book-store.js';
import { impactOverDecisions } from '#libs/persistence/impact/over-decisions.js';
import { createPool } from '#libs/persistence/pool.js';
import { systemIds } from '#libs/platform/clock.js';
import { readConfig } from '#libs/platform/config.js';
import { openDatabase } from '#libs/platform/database.js';
import { openKeptFacts } from '#libs/platform/kept-files/open-kept-facts.js';
import { CommandFailed, type Progress } from '../../output.js';
import type { ImpactInput } from './options.js';
import { policyOf, requestOf } from './policies.js';
import { secondsSince } from './portfolio.js';
import { tellNotKept } from './portfolio-facts.js';
import { type ImpactReport, openChanged, reportOf } from './report.js';

/** Runs both policies over the decisions that the installation has made in a period. */
export async function overPastDecisions(input: ImpactInput, progress: Progress): Promise<ImpactReport> {
  const config = readConfig(process.env);
  const database = await openDatabase(config);
  const pool = createPool(database.appUrl, input.workers + 1);
  try {
    const unionId = await unionOf(pool, input.union);
    const before =
      input.before === null
        ? await inForce(new BookStore(pool, systemIds, database.secret), unionId, input)
        : policyOf(input.before, input.on);
    const request = requestOf(input, before);
    const started = performance.now();
    const changed = await openChanged(input.out);
    const { checkpoint, since, to, workers } = input;
    const { tally, swept } = await impactOverDecisions(pool, {
      range: { unionId, checkpoint, from: since, to },
      request,
      sweep: input.sweep,
      workers,
      kept: openKeptFacts(config, database.secret, tellNotKept),
      onChanged: (one) => changed.write(one),
      onProgress: (done, total) => progress.update(done, total, 'deciding'),
    });
    await changed.end();
    if (tally.cases === 0) throw new CommandFailed(`no decision at ${checkpoint} from ${since} to ${to}`);
    return await reportOf(input.out, tally, swept, changed, secondsSince(started));
  } finally {
    await pool.end();
    await database.stop();
  }
}

async function unionOf(pool: pg.Pool, code: string | undefined): Promise<string> {
  const found = await pool.query<{ id: string; code: string }>('select id, code from county_union order by code');
  const wanted = found.rows.filter((union) => code === undefined || union.code === code);
  const [only] = wanted;
  if (only !== undefined && wanted.length === 1) return only.id;
  const codes = found.rows.map((union) => union.code).join(', ');
  throw new CommandFailed(wanted.length === 0 ? `there is no union ${code ?? ''}` : `say --union, one of ${codes}`);
}

async function inForce(books: BookStore, unionId: string, { on }: ImpactInput): Promise<Policy> {
  const found = await books.inForce(unionId, on);
  if (found === null) throw new CommandFailed(`no rule book is in force on ${on}`);
  return { rules: found.book.rules, parameters: found.parameters };
}
