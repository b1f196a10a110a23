import { randomBytes } from 'node:crypto';
import type { IdSource } from '../../domain/clock.js';
import type { Fault } from '../../domain/problem.js';
import { passwordWeaknesses } from '../../platform/password-policy.js';
import type { PersonalDataVault } from '../../platform/personal-data.js';
import type { AccountsPort, AccountView } from '../../usecases/accounts.js';
import type { Actor } from '../../usecases/actor.js';
import { hashPassword } from '../identity/passwords.js';
import { keyUri, newSecret, recoveryCodeHash, stepOf, takeStep } from '../identity/second-factor.js';
import { tokenHash } from '../identity/session-store.js';
import type { Sql } from '../pool.js';
import { SqlRecords } from './sql-records.js';

const VIEW = `select u.id, u.login, u.staff_id as "staffId", s.staff_no as "staffNo", s.name, u.disabled_at is not null as disabled,
  to_char(u.locked_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lockedUntil",
  u.password_one_time as "passwordOneTime", u.totp_since is not null as "secondFactor", u.oidc_key is not null as "boundToProvider"
  from user_account u join staff s on s.union_id = u.union_id and s.id = u.staff_id where u.union_id = $1`;

const RECOVERY_CODES = 10;
/** Crockford's base32: no letter that is read for another. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** 80 random bits in four groups, as people copy them. */
const randomCode = (): string =>
  [...randomBytes(16)]
    .map((byte) => ALPHABET[byte % ALPHABET.length])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-');

/** Accounts of a union: as their owners change them, and as administrators do. */
export class AccountStore extends SqlRecords implements AccountsPort {
  constructor(
    sql: Sql,
    ids: IdSource,
    actor: Actor,
    private readonly vault: PersonalDataVault,
  ) {
    super(sql, ids, actor);
  }

  async accounts(page: { after: string | null; limit: number }): Promise<AccountView[]> {
    const text = `${VIEW} and ($2::uuid is null or u.id > $2) order by u.id limit $3`;
    return (await this.sql.query<AccountView>(text, [this.unionId, page.after, page.limit])).rows;
  }

  async account(id: string): Promise<AccountView | null> {
    const found = await this.sql.query<AccountView>(`${VIEW} and u.id = $2`, [this.unionId, id]);
    return found.rows[0] ?? null;
  }

  async staffOnPost(staffId: string, on: string): Promise<boolean> {
    const found = await this.sql.query(
      'select from staff where union_id = $1 and id = $2 and (left_on is null or left_on >= $3)',
      [this.unionId, staffId, on],
    );
    return found.rowCount === 1;
  }

  async addAccount(staffId: string, login: string, password: string): Promise<string> {
    const id = this.ids.next();
    await this.sql.query(
      'insert into user_account (id, union_id, staff_id, login, password_hash, password_one_time) values ($1, $2, $3, $4, $5, true)',
      [id, this.unionId, staffId, login, await hashPassword(password)],
    );
    return id;
  }

  readonly randomPassword = randomCode;

  async weaknessesOf(password: string, words: readonly string[]): Promise<Fault[]> {
    return passwordWeaknesses('/next', password, words);
  }

  async setPassword(accountId: string, password: string, oneTime: boolean): Promise<void> {
    await this.update('password_hash = $3, password_one_time = $4', accountId, await hashPassword(password), oneTime);
  }

  setDisabled(id: string, at: Date | null): Promise<void> {
    return this.update('disabled_at = $3', id, at);
  }

  unlock(id: string): Promise<void> {
    return this.update('failed_attempts = 0, locked_until = null', id);
  }

  async endSessions(accountId: string, exceptToken: string | null, at: Date): Promise<void> {
    const kept = exceptToken === null ? null : tokenHash(exceptToken.split('.')[1] ?? '');
    await this.sql.query(
      'update user_session set revoked_at = $4 where union_id = $1 and account_id = $2 and revoked_at is null and ($3::bytea is null or token_hash <> $3)',
      [this.unionId, accountId, kept, at],
    );
  }

  async hasSecondFactor(accountId: string): Promise<boolean> {
    return (await this.account(accountId))?.secondFactor === true;
  }

  async beginSecondFactor(accountId: string, login: string): Promise<{ secret: string; uri: string }> {
    const secret = newSecret();
    await this.update('totp_cipher = $3, totp_last_step = null', accountId, this.vault.encrypt(secret));
    return { secret, uri: keyUri(secret, login) };
  }

  async confirmSecondFactor(accountId: string, code: string, at: Date): Promise<boolean> {
    const begun = await this.sql.query<{ cipher: Buffer | null }>(
      'select totp_cipher as cipher from user_account where union_id = $1 and id = $2 for update',
      [this.unionId, accountId],
    );
    const cipher = begun.rows[0]?.cipher ?? null;
    const step = cipher === null ? null : stepOf(this.vault.decrypt(cipher), code, at);
    if (step === null || !(await takeStep(this.sql, accountId, step))) return false;
    await this.update('totp_since = $3', accountId, at);
    return true;
  }

  async removeSecondFactor(accountId: string, at: Date): Promise<void> {
    await this.update('totp_cipher = null, totp_since = null, totp_last_step = null', accountId);
    await this.retireRecoveryCodes(accountId, at);
  }

  async newRecoveryCodes(accountId: string, at: Date): Promise<string[]> {
    await this.retireRecoveryCodes(accountId, at);
    const codes = Array.from({ length: RECOVERY_CODES }, randomCode);
    for (const code of codes)
      await this.sql.query(
        'insert into recovery_code (id, union_id, account_id, code_hash, created_at) values ($1, $2, $3, $4, $5)',
        [this.ids.next(), this.unionId, accountId, recoveryCodeHash(code), at],
      );
    return codes;
  }

  private async retireRecoveryCodes(accountId: string, at: Date): Promise<void> {
    await this.sql.query(
      'update recovery_code set used_at = $3 where union_id = $1 and account_id = $2 and used_at is null',
      [this.unionId, accountId, at],
    );
  }

  private async update(set: string, accountId: string, ...values: unknown[]): Promise<void> {
    await this.sql.query(`update user_account set ${set} where union_id = $1 and id = $2`, [
      this.unionId,
      accountId,
      ...values,
    ]);
  }
}
