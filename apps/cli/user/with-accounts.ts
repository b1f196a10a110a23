import type { Result } from 'neverthrow';
import type { Problem } from '#libs/domain/problem.js';
import { openVault } from '#libs/persistence/key-ring.js';
import { createPool, inUnion, type Sql } from '#libs/persistence/pool.js';
import { ofNoUnit } from '#libs/persistence/scope.js';
import { AccountStore } from '#libs/persistence/stores/account-store.js';
import { systemClock, systemIds } from '#libs/platform/clock.js';
import { readConfig } from '#libs/platform/config.js';
import { openDatabase } from '#libs/platform/database.js';
import type { Actor } from '#libs/usecases/actor.js';
import { commandActor } from '../command-actor.js';
import { CommandFailed } from '../output.js';
import { unionOf } from '../union-of.js';

export interface AccountWork {
  readonly sql: Sql;
  readonly store: AccountStore;
  readonly actor: Actor;
}

/** Runs `work` in one transaction over a union's accounts: the union of that code, or the only one there is. */
export async function withAccounts<T>(union: string | undefined, work: (it: AccountWork) => Promise<T>): Promise<T> {
  const database = await openDatabase(readConfig(process.env));
  const pool = createPool(database.appUrl, 1);
  try {
    const unionId = await unionOf(pool, union);
    const tools = { clock: systemClock, ids: systemIds };
    const actor = commandActor(tools, unionId, 'wugang user');
    const vault = await openVault(pool, database.secret);
    return await inUnion(pool, ofNoUnit(unionId), (sql) =>
      work({ sql, store: new AccountStore(sql, systemIds, actor, vault), actor }),
    );
  } finally {
    await pool.end();
    await database.stop();
  }
}

/** What a usecase gave, or a failure of the command that tells why not. */
export function orFail<T>(outcome: Result<T, Problem>): T {
  if (outcome.isErr()) throw new CommandFailed(outcome.error.text.en, outcome.error.faults);
  return outcome.value;
}

/** The id of the account of a login. */
export async function accountIdOf({ sql, actor }: AccountWork, login: string): Promise<string> {
  const found = await sql.query<{ id: string }>('select id from user_account where union_id = $1 and login = $2', [
    actor.unionId,
    login,
  ]);
  const id = found.rows[0]?.id;
  if (id === undefined) throw new CommandFailed(`no account ${login}`);
  return id;
}
