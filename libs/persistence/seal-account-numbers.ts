import type pg from 'pg';
import type { PersonalDataVault } from '../platform/personal-data.js';
import { accountKey } from './account-key.js';
import { inUnion } from './pool.js';
import { wholeUnion } from './scope.js';

const BATCH = 500;

/** Seals account numbers that an earlier version kept in the clear; there are none after the first time. */
export async function sealAccountNumbers(pool: pg.Pool, vault: PersonalDataVault): Promise<void> {
  const unions = await pool.query<{ id: string }>('select id from county_union order by code');
  for (const { id: unionId } of unions.rows) while ((await sealBatch(pool, vault, unionId)) === BATCH);
}

function sealBatch(pool: pg.Pool, vault: PersonalDataVault, unionId: string): Promise<number> {
  return inUnion(pool, wholeUnion(unionId), async (sql) => {
    const clear = await sql.query<{ id: string; number: string }>(
      `select id, account_key as number from deposit_account where union_id = $1 and account_cipher is null
       order by id limit ${BATCH} for update skip locked`,
      [unionId],
    );
    for (const { id, number } of clear.rows)
      await sql.query(
        'update deposit_account set account_key = $3, account_cipher = $4, account_tail = $5 where union_id = $1 and id = $2',
        [unionId, id, accountKey(vault, number), vault.encrypt(number), number.slice(-4)],
      );
    return clear.rows.length;
  });
}
