import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import pg from 'pg';
import { DEMO_UNION } from '#libs/persistence/demo/load-demo.js';
import type { DemoAnswer } from '../../demo/demo-client.js';
import { brokenInvariants } from '../invariants.js';
import { Arena, VICTIMS } from './arena.js';
import { behind, lostAndDoubled } from './judge.js';
import { Load } from './load.js';
import { RecordingClient, type SentCommand } from './recording-client.js';

export interface KillResult {
  readonly rounds: number;
  readonly lost: number;
  readonly doubled: number;
  readonly breaches: number;
  /** Commands that were acknowledged, and that were sent again after a cut. */
  readonly acknowledged: number;
  readonly cutOff: number;
  readonly details: readonly string[];
}

interface KillOptions {
  readonly rounds: number;
  readonly seed: number;
  readonly onProgress?: (done: number) => void;
}

/** Who is killed in a round, and after how many milliseconds of work. */
const roundOf = fc.record({
  victims: fc.subarray([...VICTIMS], { minLength: 1, maxLength: 2 }),
  after: fc.integer({ min: 150, max: 1200 }),
});

/**
 * Kills API, worker and PostgreSQL at moments of a seed while people work, starts them again, and judges: what was
 * acknowledged is there once; what was cut off, sent again under the same key, is there once; nothing is half done.
 */
export async function runKill({ rounds, seed, onProgress }: KillOptions): Promise<KillResult> {
  const arena = await Arena.open();
  const total = { lost: 0, doubled: 0, breaches: 0, acknowledged: 0, cutOff: 0, details: [] as string[] };
  try {
    const unionId = await demoUnion(arena.ownerUrl);
    const client = new RecordingClient(arena.url);
    for (const [index, { victims, after }] of fc.sample(roundOf, { seed, numRuns: rounds }).entries()) {
      const load = new Load(client);
      await pause(after);
      await arena.kill(victims);
      await load.stop();
      await arena.revive(victims);
      const commands = client.take();
      const cut = commands.filter(({ acknowledged }) => !acknowledged);
      const kept = [...commands.filter(({ acknowledged }) => acknowledged), ...(await sendAgain(cut))];
      const { lost, doubled } = await lostAndDoubled(arena.ownerUrl, unionId, kept);
      const late = await behind(arena.ownerUrl, unionId);
      const breaches = [...late, ...(await brokenInvariants(arena.ownerUrl, unionId))];
      total.lost += lost.length;
      total.doubled += doubled.length;
      total.breaches += breaches.length;
      total.acknowledged += commands.length - cut.length;
      total.cutOff += cut.length;
      const told = [...lost.map((one) => `lost ${one}`), ...doubled.map((one) => `doubled ${one}`), ...breaches];
      total.details.push(...told.map((one) => `round ${index + 1}, ${victims.join(' and ')} killed: ${one}`));
      onProgress?.(index + 1);
    }
    return { rounds, ...total };
  } finally {
    await arena.close();
  }
}

/** The commands that went through now, or had gone through before they were cut off. */
async function sendAgain(cut: readonly SentCommand[]): Promise<SentCommand[]> {
  const done: SentCommand[] = [];
  for (const command of cut) {
    const { status, body } = await persistently(command);
    if (status >= 500) throw new Error(`${command.path} sent again: ${status} ${JSON.stringify(body)}`);
    if (status < 300) done.push(command);
  }
  return done;
}

/** A connection that is kept from before the kill fails once more; under its key a command may be sent as often as need be. */
async function persistently(command: SentCommand, attempts = 5): Promise<DemoAnswer> {
  return command.again().catch(async (cause: Error) => {
    if (attempts <= 1) throw cause;
    await pause(200);
    return persistently(command, attempts - 1);
  });
}

async function demoUnion(ownerUrl: string): Promise<string> {
  const owner = new pg.Client(ownerUrl);
  await owner.connect();
  const found = await owner.query<{ id: string }>('select id from county_union where code = $1', [DEMO_UNION.code]);
  await owner.end();
  return found.rows[0]?.id ?? '';
}
