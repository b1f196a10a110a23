import { join } from 'node:path';
import pLimit from 'p-limit';
import pg from 'pg';
import { type CivilDate, civilDateOf } from '#libs/domain/civil-date.js';
import { BookStore } from '#libs/persistence/book-store.js';
import { copyDecisions, type DecisionRange } from '#libs/persistence/impact/copy-decisions.js';
import { impactOverDecisions } from '#libs/persistence/impact/over-decisions.js';
import { createPool, inUnion } from '#libs/persistence/pool.js';
import { openPrisma } from '#libs/persistence/prisma.js';
import { reading, wholeUnion } from '#libs/persistence/scope.js';
import type { PersistenceTools } from '#libs/persistence/tools.js';
import { systemClock, systemIds } from '#libs/platform/clock.js';
import type { OpenDatabase } from '#libs/platform/database.js';
import { PersonalDataVault } from '#libs/platform/personal-data.js';
import { inTemporaryFolder } from '#libs/platform/temporary-folder.js';
import { parameterSet } from '#libs/rules/parameters.js';
import type { Progress } from '../../output.js';
import { openChanged, reportOf } from '../../rules/impact/report.js';
import { benchApplications, foundBenchUnion } from '../bench-union.js';
import { LiveGate } from '../live-gate.js';
import { rounded } from '../measure.js';
import { multiplyDecisions } from './multiply-decisions.js';

const AT_ONCE = 16;
const WORKERS = [1, 2] as const;
const CHANGE = { 'policy.hardEnquiriesTolerated': 8 };

export interface PastResult {
  readonly decisions: number;
  readonly changed: number;
  /** Median seconds of PostgreSQL copying these facts out into a file, nothing else done. */
  readonly copySeconds: number;
  readonly oneWorkerSeconds: number;
  readonly twoWorkersSeconds: number;
  readonly oneWorkerRatio: number;
  readonly twoWorkersRatio: number;
}

/** A full impact run over so many past decisions, from PostgreSQL to the written matrix, against copying their facts out. */
export async function pastDecisions(
  database: OpenDatabase,
  decisions: number,
  progress: Progress,
): Promise<PastResult> {
  const pool = createPool(database.appUrl, AT_ONCE);
  const owner = new pg.Client(database.ownerUrl);
  await owner.connect();
  const vault = new PersonalDataVault(database.secret);
  const tools: PersistenceTools = { pool, prisma: openPrisma(pool), vault, clock: systemClock, ids: systemIds };
  const bookPool = createPool(database.appUrl, 1);
  try {
    const books = new BookStore(bookPool, systemIds, database.secret);
    const unionId = await foundBenchUnion(database, tools, owner);
    const applications = (await benchApplications(pool, unionId)).slice(0, Math.ceil(decisions / 2));
    await decideAll(new LiveGate(tools, books, unionId), applications, progress);
    const made = await multiplyDecisions(owner, decisions, progress);
    const on = civilDateOf(systemClock.now());
    const run = new PastRun(pool, books, { unionId, checkpoint: 'intake', from: on, to: on }, progress);
    return { decisions: made, ...(await run.measure(made)) };
  } finally {
    await Promise.all([pool.end(), bookPool.end(), owner.end()]);
  }
}

async function decideAll(gate: LiveGate, ids: readonly string[], progress: Progress): Promise<void> {
  let done = 0;
  await pLimit(AT_ONCE).map(ids, async (id) => {
    await gate.decide(id);
    done += 1;
    progress.update(done, ids.length, 'deciding live');
  });
}

class PastRun {
  constructor(
    private readonly pool: pg.Pool,
    private readonly books: BookStore,
    private readonly range: DecisionRange,
    private readonly progress: Progress,
  ) {}

  /** Copying before each run, so that both meet the same machine. */
  async measure(decisions: number): Promise<Omit<PastResult, 'decisions'>> {
    const copied: number[] = [];
    const ran: number[] = [];
    let changed = 0;
    for (const workers of WORKERS) {
      copied.push(await seconds(() => this.copy()));
      ran.push(
        await seconds(async () => {
          changed = await this.impact(workers, decisions);
        }),
      );
    }
    const [one = 0, two = 0] = ran;
    const [beforeOne = 0, beforeTwo = 0] = copied;
    return {
      changed,
      copySeconds: rounded((beforeOne + beforeTwo) / 2),
      oneWorkerSeconds: rounded(one),
      twoWorkersSeconds: rounded(two),
      oneWorkerRatio: rounded(one / beforeOne),
      twoWorkersRatio: rounded(two / beforeTwo),
    };
  }

  private copy(): Promise<void> {
    const all = { first: '00000000-0000-0000-0000-000000000000', last: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
    return inTemporaryFolder((folder) =>
      inUnion(this.pool, reading(wholeUnion(this.range.unionId)), (sql) =>
        copyDecisions(sql, this.range, all, join(folder, 'decisions.csv')),
      ),
    );
  }

  /** As `wugang rules impact` does it. Gives how many cases changed. */
  private impact(workers: number, decisions: number): Promise<number> {
    const { unionId, to } = this.range;
    const on = to as CivilDate;
    return inTemporaryFolder(async (folder) => {
      const found = await this.books.inForce(unionId, on);
      if (found === null) throw new Error('bench: no book is in force');
      const before = { rules: found.book.rules, parameters: found.parameters };
      const after = { ...before, parameters: parameterSet({ ...before.parameters.values, ...CHANGE }) };
      const changed = await openChanged(folder);
      const { tally } = await impactOverDecisions(this.pool, {
        range: this.range,
        request: { before, after, checkpoint: 'intake', on, asDecided: false },
        sweep: null,
        workers,
        onChanged: (one) => changed.write(one),
        onProgress: (done, total) => this.progress.update(done, total, `impact, ${workers} at once`),
      });
      await changed.end();
      const report = await reportOf(folder, tally, null, changed, 0);
      if (report.cases !== decisions) throw new Error(`bench: the run had ${report.cases} of ${decisions} decisions`);
      return report.changed;
    });
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
