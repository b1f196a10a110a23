import pg from 'pg';
import type { DemoServer } from '../../demo/demo-server.js';
import { type Attempt, type Tried, tryAttempt } from './attempt.js';
import { ATTEMPTS } from './attempts/all.js';
import { gatherCast } from './gather-cast.js';

export interface TriedAttempt extends Tried {
  readonly id: string;
  readonly kind: string;
  readonly clause: string;
}

export interface BypassResult {
  readonly attempts: number;
  /** Attempts that went through, and those that say nothing because their own SQL failed. */
  readonly bypasses: readonly { readonly id: string; readonly detail: string }[];
}

type OnTried = (tried: TriedAttempt, done: number, total: number) => void;

const all: readonly { kind: string; attempt: Attempt }[] = Object.entries(ATTEMPTS).flatMap(([kind, attempts]) =>
  attempts.map((attempt) => ({ kind, attempt })),
);

/**
 * Walks loans over HTTP to every stage of a demonstration and then tries each way around the posts as the application's
 * own database role, in a transaction that is undone. Nothing is refused by the code here: only by the database.
 */
export async function runBypass(server: DemoServer, onTried: OnTried = () => {}): Promise<BypassResult> {
  const tried = await tryAll(server, server.database.appUrl, '', onTried);
  const bypasses = tried.filter(({ outcome }) => outcome !== 'refused');
  return { attempts: tried.length, bypasses: bypasses.map(({ id, detail }) => ({ id, detail })) };
}

/**
 * The same by the owner of the database, with triggers off: what shows that the attempts are well made and would be
 * seen to succeed. Those that reach beneath the database are left out.
 */
export function runControl(server: DemoServer): Promise<TriedAttempt[]> {
  return tryAll(server, server.database.ownerUrl, 'set session_replication_role = replica', () => {});
}

async function tryAll(server: DemoServer, url: string, before: string, onTried: OnTried): Promise<TriedAttempt[]> {
  const cast = await gatherCast(server);
  const client = new pg.Client(url);
  await client.connect();
  const tried: TriedAttempt[] = [];
  try {
    await client.query(before);
    const chosen = all.filter(({ attempt }) => before === '' || attempt.system !== true);
    for (const { kind, attempt } of chosen) {
      const one = { id: attempt.id, kind, clause: attempt.clause, ...(await tryAttempt(client, attempt, cast)) };
      tried.push(one);
      onTried(one, tried.length, chosen.length);
    }
    return tried;
  } finally {
    await client.end();
  }
}
