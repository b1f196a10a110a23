import { setTimeout as pause } from 'node:timers/promises';
import { asOwner } from '../as-owner.js';
import type { SentCommand } from './recording-client.js';

type Judged = Pick<SentCommand, 'key' | 'path' | 'body'>;

const CAUGHT_UP_WITHIN_MS = 20_000;

/** How often the answer of a command is kept; and, where its key is the purpose of an application, how many were made. */
const COUNTS_SQL = `
select w.key, (select count(*)::int from idempotency_key k where k.union_id = $1 and k.key = w.key and k.status is not null) as kept,
  (select count(*)::int from loan_application a where a.union_id = $1 and a.purpose = w.key) as applications
from unnest($2::text[]) as w(key)`;

const BEHIND_SQL = `select (select count(*) from audit_pending where union_id = $1)
  + (select count(*) from outbox_event where union_id = $1 and dispatched_at is null) as behind`;

/** Which of the commands that must be in the database once are not there, or are there more than once. */
export function lostAndDoubled(
  ownerUrl: string,
  unionId: string,
  sent: readonly Judged[],
): Promise<{ lost: string[]; doubled: string[] }> {
  return asOwner(ownerUrl, unionId, async (owner) => {
    const keys = sent.map(({ key }) => key);
    const found = await owner.query<{ key: string; kept: number; applications: number }>(COUNTS_SQL, [unionId, keys]);
    const counts = new Map(found.rows.map((row) => [row.key, row]));
    const lost: string[] = [];
    const doubled: string[] = [];
    for (const { key, path, body } of sent) {
      const { kept = 0, applications = 0 } = counts.get(key) ?? {};
      const marked = body?.includes(key) === true;
      if (kept === 0 || (marked && applications === 0)) lost.push(`${path} ${key}`);
      if (kept > 1 || applications > 1) doubled.push(`${path} ${key}`);
    }
    return { lost, doubled };
  });
}

/** The worker seals what waits and dispatches what is to be told, within seconds of its start; else what it is behind. */
export function behind(ownerUrl: string, unionId: string): Promise<string[]> {
  return asOwner(ownerUrl, unionId, async (owner) => {
    const end = Date.now() + CAUGHT_UP_WITHIN_MS;
    let rows = '0';
    while (Date.now() < end) {
      rows = (await owner.query<{ behind: string }>(BEHIND_SQL, [unionId])).rows[0]?.behind ?? '0';
      if (rows === '0') return [];
      await pause(200);
    }
    return [`the worker is ${rows} rows behind`];
  });
}
