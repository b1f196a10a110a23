import pg from 'pg';
import { type CivilDate, civilDateOf } from '#libs/domain/civil-date.js';
import { BookStore } from '#libs/persistence/book-store.js';
import { isProblem, runSqlCommand } from '#libs/persistence/commands.js';
import { createUnion } from '#libs/persistence/create-union.js';
import { DEMO_UNION, loadDemo } from '#libs/persistence/demo/load-demo.js';
import { createPool, inUnion } from '#libs/persistence/pool.js';
import { openPrisma } from '#libs/persistence/prisma.js';
import { wholeUnion } from '#libs/persistence/scope.js';
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
import { byTurns, median, perSecond, rounded } from './measure.js';
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
    const answer = await runSqlCommand(tools, { actor, units: 'all' }, once, 201, (sql) =>
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
  const books = new BookStore(bookPool, systemIds, database.secret);
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
    const found = await inUnion(pool, wholeUnion(unionId), (sql) =>
      sql.query<{ id: string }>(APPLICATION_IDS_SQL, [unionId]),
    );
    const ids = found.rows.slice(0, most).map(({ id }) => id);
    const clean = async (): Promise<void> => {
      for (const statement of CLEAN_SQL) await owner.query(statement);
    };
    const recorded = await record(new LiveGate(toolsOver(recorder), books, unionId), recorder, ids, progress);
    const live = new LiveGate(toolsOver(pool), books, unionId);
    const measured = await measure({
      clean,
      live: (index) => live.decide(ids[index + 1] ?? ''),
      bare: (index) => replay(pool, recorded[index] ?? []),
      count: recorded.length,
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
  await inUnion(tools.pool, wholeUnion(unionId), (sql) => prepareApplications(sql, unionId, on));
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

interface Contest {
  clean(): Promise<void>;
  /** Decides the index-th application, by the live gate or by its recorded statements. */
  live(index: number): Promise<void>;
  bare(index: number): Promise<void>;
  readonly count: number;
  readonly rounds: number;
  readonly progress: Progress;
}

async function measure({ clean, live, bare, count, rounds, progress }: Contest): Promise<GateBenchResult> {
  const alone = Math.min(ALONE, Math.floor(count / 2));
  const all = Array.from({ length: count }, (_, index) => index);
  const latency: (readonly [number, number])[] = [];
  const throughput: (readonly [number, number])[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    await clean();
    const medians = await byTurns(alone, live, (index) => bare(alone + index));
    await clean();
    const livePerSecond = await perSecond(all, CONCURRENCY, live);
    await clean();
    const barePerSecond = await perSecond(all, CONCURRENCY, bare);
    progress.update(round, rounds, 'measuring');
    if (round === 0) continue; // the first round warms up
    latency.push(medians);
    throughput.push([livePerSecond, barePerSecond]);
  }
  const of = (
    pairs: readonly (readonly [number, number])[],
    figure: (product: number, plain: number) => number,
  ): number => rounded(median(pairs.map(([product, plain]) => figure(product, plain))));
  return {
    latencyRatio: of(latency, (product, plain) => product / plain),
    throughputRatio: of(throughput, (product, plain) => plain / product),
    liveMedianMs: of(latency, (product) => product),
    bareMedianMs: of(latency, (_, plain) => plain),
    livePerSecond: of(throughput, (product) => product),
    barePerSecond: of(throughput, (_, plain) => plain),
  };
}
