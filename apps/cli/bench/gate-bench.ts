import pg from 'pg';
import { BookStore } from '#libs/persistence/book-store.js';
import { createPool } from '#libs/persistence/pool.js';
import { openPrisma } from '#libs/persistence/prisma.js';
import type { PersistenceTools } from '#libs/persistence/tools.js';
import { systemClock, systemIds } from '#libs/platform/clock.js';
import type { OpenDatabase } from '#libs/platform/database.js';
import { PersonalDataVault } from '#libs/platform/personal-data.js';
import type { Progress } from '../output.js';
import { benchApplications, foundBenchUnion } from './bench-union.js';
import { LiveGate } from './live-gate.js';
import { byTurns, median, perSecond, rounded } from './measure.js';
import { CLEAN_SQL } from './prepare-applications.js';
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
    const unionId = await foundBenchUnion(database, toolsOver(pool), owner);
    const ids = (await benchApplications(pool, unionId)).slice(0, most);
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
