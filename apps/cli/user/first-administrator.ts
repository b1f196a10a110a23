import { civilDateOf } from '#libs/domain/civil-date.js';
import { inUnion } from '#libs/persistence/pool.js';
import { ofNoUnit } from '#libs/persistence/scope.js';
import { AccountStore } from '#libs/persistence/stores/account-store.js';
import type { PersistenceTools } from '#libs/persistence/tools.js';
import { openAccount } from '#libs/usecases/accounts.js';
import { commandActor } from '../command-actor.js';

export interface FirstAdministrator {
  readonly login: string;
  readonly oneTimePassword: string;
}

/** The first administrator of a union that has nobody yet, with a one-time password; null where it has people. */
export async function firstAdministrator(tools: PersistenceTools, unionId: string): Promise<FirstAdministrator | null> {
  const actor = commandActor(tools, unionId, 'first start');
  const today = civilDateOf(tools.clock.now());
  return inUnion(tools.pool, ofNoUnit(unionId), async (sql) => {
    // Two processes that start at once: the second waits here and finds people.
    await sql.query(`select pg_advisory_xact_lock(hashtext('first administrator'))`);
    const people = await sql.query('select from user_account where union_id = $1 limit 1', [unionId]);
    if (people.rowCount !== 0) return null;
    const staffId = tools.ids.next();
    const added = await sql.query(
      `insert into staff (id, union_id, staff_no, name, home_unit_id, joined_on)
       select $1, $2, 'ADMIN', '系统管理员', id, $3 from org_unit where union_id = $2 and kind = 'county_union'`,
      [staffId, unionId, today],
    );
    if (added.rowCount !== 1) return null;
    await sql.query(
      `insert into post_appointment (id, union_id, staff_id, unit_id, post, valid_from, basis)
       select $1, $2, $3, home_unit_id, 'system_administrator', $4, '首次启动' from staff where union_id = $2 and id = $3`,
      [tools.ids.next(), unionId, staffId, today],
    );
    const taken = await sql
      .query(`select set_config('app.sign_in_login', 'admin', true)`)
      .then(() => sql.query(`select from user_account where login = 'admin'`));
    const code = await sql.query<{ code: string }>('select lower(code) as code from county_union where id = $1', [
      unionId,
    ]);
    const login = taken.rowCount === 0 ? 'admin' : `admin.${code.rows[0]?.code ?? ''}`;
    const store = new AccountStore(sql, tools.ids, actor, tools.vault);
    const opened = await openAccount(store, actor, { staffId, login });
    if (opened.isErr()) throw new Error(opened.error.text.en);
    return { login, oneTimePassword: opened.value.oneTimePassword };
  });
}
