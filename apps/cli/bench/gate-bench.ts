import pg from 'pg';
import { type CivilDate, civilDateOf } from '#libs/domain/civil-date.js';
import { BookStore } from '#libs/persistence/book-store.js';
import { isProblem, runSqlCommand } from '#libs/persistence/commands.js';
import { createUnion } from '#libs/persistence/create-union.js';
import { DEMO_UNION, loadDemo } from '#libs/persistence/demo/load-demo.js';
import { createPool, inUnion } from '#libs/persistence/pool.js';
import { openPrisma } from '#libs/persistence/prisma.js';
import { DecisionStore } from '#libs/persistence/stores/decision-store.js';
import type { PersistenceTools } from '#libs/persistence/tools.js';
import { systemClock, systemIds } from '#libs/platform/clock.js';
import type { OpenDatabase } from '#libs/platform/database.js';
import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import { PersonalDataVault } from '#libs/platform/personal-data.js';
import { Gates } from '#libs/rules/gates.js';
import type { Actor } from '#libs/usecases/actor.js';
import { decideIntake } from '#libs/usecases/decide-intake.js';
import type { Progress } from '../output.js';
import { median, type Pass, pass, rounded } from './measure.js';
import { APPLICATION_IDS_SQL, CLEAN_SQL, prepareApplications } from './prepare-applications.js';
import { RecordingPool, type SentStatement } from './recording-pool.js';

const CONCURRENCY = 32;
export const DEFAULT_ROUNDS = 5;
/** Decisions of a pass that are made one at a time. */
const ALONE = 400;

export interface GateBenchResult {
  /** Median latency of a live decision over that of the same statements by bare pg, one at a time. */
  readonly latencyRatio: number;
  /** Decisions a second by bare pg over those of the live gate, 32 at a time. */
  readonly throughputRatio: number;
  readonly [figure: string]: number;
}

export interface GateBenchOptions {
  readonly rounds: number;
  /** At most so many applications; all of the demonstration union where left out. */
  readonly most?: number;
}

/** The live gate: one decision as a request makes it, in the transaction that a request has. */
class LiveGate {
  private readonly gates = new Gates();

  constructor(
    private readonly tools: PersistenceTools,
    private readonly books: BookStore,
    private readonly unionId: string,
  ) {}

  async decide(applicationId: string): Promise<void> {
    const { tools, unionId } = this;
    const at = systemClock.now();
    const requestId = tools.ids.next();
    const appointments = [{ id: null, post: 'field_credit_officer', unitId: unionId, headOffice: true }] as const;
    const actor: Actor = {
      unionId,
      staffId: null,
      name: 'bench',
      appointments,
      requestId,
      at,
      businessDate: civilDateOf(at),
    };
    const once = { key: requestId, route: 'bench', body: null };
    const answer = await runSqlCommand(tools, actor, once, 201, (sql) =>
      decideIntake(new DecisionStore(sql, unionId, this.books, tools.ids), this.gates, actor, {
        applicationId,
        decisionId: tools.ids.next(),
      }),
    );
    if (isProblem(answer)) throw new Error(`bench: ${answer.code}`);
  }
}

/** Measures the live gate against bare pg that sends the same statements with the same values, turn by turn. */
export async function gateBench(
  database: OpenDatabase,
  progress: Progress,
  { rounds, most }: GateBenchOptions,
): Promise<GateBenchResult> {
  const pool = createPool(database.appUrl, CONCURRENCY);
  const recorder = new RecordingPool({ connectionString: database.appUrl, max: 1 });
  const bookPool = createPool(database.appUrl, 1);
  const books = new BookStore(bookPool, systemIds);
  const owner = new pg.Client(database.ownerUrl);
  await owner.connect();
  const vault = new PersonalDataVault(database.secret);
  const toolsOver = (over: pg.Pool): PersistenceTools => ({
    pool: over,
    prisma: openPrisma(over),
    vault,
    clock: systemClock,
    ids: systemIds,
  });
  try {
    const unionId = await fill(database, toolsOver(pool), owner);
    const found = await inUnion(pool, unionId, (sql) => sql.query<{ id: string }>(APPLICATION_IDS_SQL, [unionId]));
    const ids = found.rows.slice(0, most).map(({ id }) => id);
    const clean = async (): Promise<void> => {
      for (const statement of CLEAN_SQL) await owner.query(statement);
    };
    const recorded = await record(new LiveGate(toolsOver(recorder), books, unionId), recorder, ids, progress);
    const live = new LiveGate(toolsOver(pool), books, unionId);
    const measured = await turns({
      clean,
      live: (count, concurrency) => pass(ids.slice(0, count), concurrency, (id) => live.decide(id)),
      bare: (count, concurrency) => pass(recorded.slice(0, count), concurrency, (sent) => replay(pool, sent)),
      count: ids.length,
      rounds,
      progress,
    });
    return { ...measured, applications: ids.length, rounds };
  } finally {
    await Promise.all([pool.end(), recorder.end(), bookPool.end(), owner.end()]);
  }
}

async function fill(database: OpenDatabase, tools: PersistenceTools, owner: pg.Client): Promise<string> {
  const unionId = await createUnion(database.ownerUrl, DEMO_UNION, await loadBook(defaultBookFolder()), tools);
  await loadDemo(tools, unionId);
  const on: CivilDate = civilDateOf(tools.clock.now());
  await inUnion(tools.pool, unionId, (sql) => prepareApplications(sql, unionId, on));
  await owner.query('analyze');
  return unionId;
}

async function record(
  gate: LiveGate,
  recorder: RecordingPool,
  ids: readonly string[],
  progress: Progress,
): Promise<SentStatement[][]> {
  const recorded: SentStatement[][] = [];
  await gate.decide(ids[0] ?? ''); // reads book and parameters, which stay in hand
  recorder.take();
  for (const id of ids.slice(1)) {
    await gate.decide(id);
    recorded.push(recorder.take());
    if (recorded.length % 100 === 0) progress.update(recorded.length, ids.length, 'recording');
  }
  return recorded;
}

async function replay(pool: pg.Pool, sent: readonly SentStatement[]): Promise<void> {
  const client = await pool.connect();
  try {
    for (const [text, values] of sent) await client.query(text as string, values);
  } finally {
    client.release();
  }
}

interface Turns {
  clean(): Promise<void>;
  live(count: number, concurrency: number): Promise<Pass>;
  bare(count: number, concurrency: number): Promise<Pass>;
  readonly count: number;
  readonly rounds: number;
  readonly progress: Progress;
}

async function turns({ clean, live, bare, count, rounds, progress }: Turns): Promise<GateBenchResult> {
  const latency: [Pass, Pass][] = [];
  const throughput: [Pass, Pass][] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const pairs: [Pass, Pass][] = [];
    for (const [size, concurrency] of [
      [Math.min(ALONE, count - 1), 1],
      [count - 1, CONCURRENCY],
    ] as const) {
      await clean();
      const product = await live(size, concurrency);
      await clean();
      pairs.push([product, await bare(size, concurrency)]);
    }
    progress.update(round, rounds, 'measuring');
    const [alone, together] = pairs;
    if (round === 0 || alone === undefined || together === undefined) continue; // the first round warms up
    latency.push(alone);
    throughput.push(together);
  }
  const of = (pairs: readonly [Pass, Pass][], figure: (product: Pass, bare: Pass) => number): number =>
    rounded(median(pairs.map(([product, plain]) => figure(product, plain))));
  return {
    latencyRatio: of(latency, (product, plain) => product.medianMs / plain.medianMs),
    throughputRatio: of(throughput, (product, plain) => plain.perSecond / product.perSecond),
    liveMedianMs: of(latency, (product) => product.medianMs),
    bareMedianMs: of(latency, (_, plain) => plain.medianMs),
    livePerSecond: of(throughput, (product) => product.perSecond),
    barePerSecond: of(throughput, (_, plain) => plain.perSecond),
  };
}
