import type pg from 'pg';
import { PersonalDataVault, type RingKey } from '../platform/personal-data.js';

/** A key begins to encrypt only after a pause in which every process looks at the ring several times. */
const LOOK_EVERY_MS = 2000;

const RING_SQL =
  'select id, wrapped, usable_from <= now() as usable from data_key where destroyed_at is null order by id';

export async function learnKeys(pool: Pick<pg.Pool, 'query'>, vault: PersonalDataVault): Promise<void> {
  vault.learn((await pool.query<RingKey>(RING_SQL)).rows);
}

/** A vault that knows the ring as it is now. */
export async function openVault(pool: Pick<pg.Pool, 'query'>, secret: Uint8Array): Promise<PersonalDataVault> {
  const vault = new PersonalDataVault(secret);
  await learnKeys(pool, vault);
  return vault;
}

/** Looks at the ring again and again, so that a process learns a new key before anything is sealed under it. */
export function followKeyRing(
  pool: Pick<pg.Pool, 'query'>,
  vault: PersonalDataVault,
  onError: (error: Error) => void,
): () => void {
  const timer = setInterval(() => void learnKeys(pool, vault).catch(onError), LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
