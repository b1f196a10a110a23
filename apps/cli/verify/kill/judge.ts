import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { asOwner } from '../as-owner.js';
import { brokenInvariants } from '../invariants.js';
import type { SentCommand } from './recording-client.js';

export interface Judgement {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly breaches: readonly string[];
}

const CAUGHT_UP_WITHIN_MS = 20_000;

const COUNTS_SQL = `
select w.key, (select count(*)::int from idempotency_key k where k.union_id = $1 and k.key = w.key and k.status is not null) as kept,
  (select count(*)::int from loan_application a where a.union_id = $1 and a.purpose = w.key) as applications
from unnest($2::text[]) as w(key)`;

const BEHIND_SQL = `select (select count(*) from audit_pending where union_id = $1) + (select count(*) from outbox_event where union_id = $1 and dispatched_at is null)
  as behind`;

/** Whether each command is in the database once, and nothing is half done. `sent`: those that must be there now. */
export async function judge(ownerUrl: string, unionId: string, sent: readonly SentCommand[]): Promise<Judgement> {
  return asOwner(ownerUrl, unionId, async (owner) => {
    const found = await owner.query<{ key: string; kept: number; applications: number }>(COUNTS_SQL, [
      unionId,
      sent.map(({ key }) => key),
    ]);
    const counts = new Map(found.rows.map((row) => [row.key, row]));
    const lost: string[] = [];
    const doubled: string[] = [];
    for (const { key, path, body } of sent) {
      const { kept = 0, applications = 0 } = counts.get(key) ?? {};
      const marked = body?.includes(key) === true;
      if (kept === 0 || (marked && applications === 0)) lost.push(`${path} ${key}`);
      if (kept > 1 || applications > 1) doubled.push(`${path} ${key}`);
    }
    const behind = await caughtUp(owner, unionId);
    return { lost, doubled, breaches: [...behind, ...(await brokenInvariants(ownerUrl, unionId))] };
  });
}

/** The worker seals what waits and dispatches what is to be told, within seconds of its start. */
async function caughtUp(owner: pg.Client, unionId: string): Promise<string[]> {
  const end = Date.now() + CAUGHT_UP_WITHIN_MS;
  let behind = '0';
  while (Date.now() < end) {
    behind = (await owner.query<{ behind: string }>(BEHIND_SQL, [unionId])).rows[0]?.behind ?? '0';
    if (behind === '0') return [];
    await pause(200);
  }
  return [`the worker is ${behind} rows behind`];
}
