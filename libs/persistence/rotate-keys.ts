import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { PersonalDataVault } from '../platform/personal-data.js';
import { learnKeys } from './key-ring.js';

/** Every column that holds something sealed. A test compares it with the database. */
export const SEALED_COLUMNS = [
  ['party', 'identity_cipher'],
  ['party', 'phone_cipher'],
  ['staff', 'email_cipher'],
  ['deposit_account', 'account_cipher'],
  ['bureau_report', 'whole_cipher'],
  ['webhook_endpoint', 'secret_cipher'],
  ['user_account', 'totp_cipher'],
] as const;

const BATCH = 500;

export interface RotateOptions {
  /** How long processes are given: half of it to learn the new key, half of it to use it and no other. */
  readonly graceSeconds: number;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Rotated {
  /** Id of the key that everything is sealed under now. */
  readonly key: number;
  readonly sealed: number;
  /** Ids of the keys that are no more. */
  readonly destroyed: readonly number[];
}

/**
 * Seals everything under a new key while the service runs, and destroys the keys before it. Only the owner of the
 * database may. Stopped half-way and begun again it goes on with the key that it had made. In this order nothing can be
 * lost: the new key is known everywhere before it is used; the old ones are retired, so that the database refuses to
 * write under them; what was being written then has ended; what is left under them is sealed anew; none is left.
 */
export async function rotateKeys(owner: pg.Client, vault: PersonalDataVault, options: RotateOptions): Promise<Rotated> {
  const half = options.graceSeconds / 2;
  const key = await newestUnused(owner, vault, half);
  await usableSince(owner, key, 0);
  await learnKeys(owner, vault);
  const total = await leftUnderOthers(owner, key);
  let sealed = 0;
  const seal = async (): Promise<void> => {
    for await (const done of sealAnew(owner, vault, key)) {
      sealed += done;
      options.onProgress?.(sealed, Math.max(total, sealed));
    }
  };
  await seal();
  await usableSince(owner, key, half);
  await owner.query('update data_key set retired_at = now() where id < $1 and retired_at is null', [key]);
  await transactionsBefore(owner);
  await seal();
  const left = await leftUnderOthers(owner, key);
  if (left > 0) throw new Error(`${left} values are still under an earlier key: nothing was destroyed`);
  const destroyed = await owner.query<{ id: number }>(
    'update data_key set wrapped = null, destroyed_at = now() where id < $1 and destroyed_at is null returning id',
    [key],
  );
  return { key, sealed, destroyed: destroyed.rows.map(({ id }) => id) };
}

/** The key of a rotation that was stopped, or a new one. */
async function newestUnused(owner: pg.Client, vault: PersonalDataVault, learnSeconds: number): Promise<number> {
  const ring = await owner.query<{ id: number; live: number }>(
    'select max(id)::int as id, count(*) filter (where destroyed_at is null)::int as live from data_key',
  );
  const { id = 1, live = 1 } = ring.rows[0] ?? {};
  if (live > 1) return id;
  if (id === 255) throw new Error('the ring is full: 255 keys were used');
  await owner.query(
    'insert into data_key (id, wrapped, usable_from) values ($1, $2, now() + make_interval(secs => $3))',
    [id + 1, vault.newWrappedKey(), learnSeconds],
  );
  return id + 1;
}

async function usableSince(owner: pg.Client, key: number, seconds: number): Promise<void> {
  const text = 'select usable_from + make_interval(secs => $2) <= now() as reached from data_key where id = $1';
  while ((await owner.query<{ reached: boolean }>(text, [key, seconds])).rows[0]?.reached !== true) await pause(200);
}

/** Waits until every transaction that was open a moment ago has ended: it may have written under a retired key. */
async function transactionsBefore(owner: pg.Client): Promise<void> {
  const now = await owner.query<{ next: string }>('select pg_snapshot_xmax(pg_current_snapshot())::text as next');
  const text = 'select pg_snapshot_xmin(pg_current_snapshot())::text::numeric >= $1::numeric as ended';
  while ((await owner.query<{ ended: boolean }>(text, [now.rows[0]?.next])).rows[0]?.ended !== true) await pause(200);
}

async function* unions(owner: pg.Client): AsyncGenerator<string> {
  const found = await owner.query<{ id: string }>('select id from county_union order by id');
  for (const { id } of found.rows) {
    await owner.query(`select set_config('app.union_id', $1, false), set_config('app.unit_scope', 'all', false)`, [id]);
    yield id;
  }
}

async function leftUnderOthers(owner: pg.Client, key: number): Promise<number> {
  let left = 0;
  for await (const unionId of unions(owner))
    for (const [table, column] of SEALED_COLUMNS) {
      const found = await owner.query<{ left: number }>(
        `select count(*)::int as left from ${table} where union_id = $1 and ${column} is not null and get_byte(${column}, 0) <> $2`,
        [unionId, key],
      );
      left += found.rows[0]?.left ?? 0;
    }
  return left;
}

/** Seals batch after batch, each in a transaction of its own; yields how many were sealed. */
async function* sealAnew(owner: pg.Client, vault: PersonalDataVault, key: number): AsyncGenerator<number> {
  for await (const unionId of unions(owner))
    for (const [table, column] of SEALED_COLUMNS) {
      let after = '00000000-0000-0000-0000-000000000000';
      for (;;) {
        const found = await owner.query<{ id: string; cipher: Buffer }>(
          `select id, ${column} as cipher from ${table} where union_id = $1 and id > $2 and ${column} is not null
             and get_byte(${column}, 0) <> $3 order by id limit ${BATCH}`,
          [unionId, after, key],
        );
        if (found.rows.length === 0) break;
        after = found.rows.at(-1)?.id ?? after;
        yield await write(owner, table, column, unionId, found.rows, vault);
      }
    }
}

/** A value that somebody changed meanwhile is left: it is sealed under the new key, or found the next time. */
async function write(
  owner: pg.Client,
  table: string,
  column: string,
  unionId: string,
  rows: readonly { id: string; cipher: Buffer }[],
  vault: PersonalDataVault,
): Promise<number> {
  const written = await owner.query(
    `update ${table} t set ${column} = n.fresh from unnest($2::uuid[], $3::bytea[], $4::bytea[]) as n(id, stale, fresh)
     where t.union_id = $1 and t.id = n.id and t.${column} = n.stale`,
    [
      unionId,
      rows.map(({ id }) => id),
      rows.map(({ cipher }) => cipher),
      rows.map(({ cipher }) => vault.encrypt(vault.decrypt(cipher))),
    ],
  );
  return written.rowCount ?? 0;
}
