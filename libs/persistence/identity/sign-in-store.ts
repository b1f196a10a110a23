import { createHash, randomBytes } from 'node:crypto';
import type { SignInMethod } from '../../domain/sign-in-method.js';
import type { SignInAccount, SignInPort } from '../../usecases/sign-in.js';
import { inScope, inUnion } from '../pool.js';
import { ofNoUnit } from '../scope.js';
import type { PersistenceTools } from '../tools.js';
import { auditAccount } from './audit-account.js';
import { passwordFits } from './passwords.js';
import { stepOf, takeRecoveryCode, takeStep } from './second-factor.js';
import { type SessionLife, tokenHash } from './session-store.js';

const ACCOUNT = `select id as "accountId", union_id as "unionId", password_hash as "passwordHash", locked_until as "lockedUntil",
  disabled_at is not null as disabled, totp_since is not null as "secondFactor", oidc_key is not null as "boundToProvider" from user_account`;

/** One subject of one identity provider. */
const oidcKey = (issuer: string, subject: string): string =>
  createHash('sha256').update(`${issuer}\0${subject}`).digest('hex');

/** Accounts, and the sessions that are opened for them: the cookie holds a random secret, the database its hash. */
export class SignInStore implements SignInPort {
  readonly passwordFits = passwordFits;

  constructor(
    private readonly tools: PersistenceTools,
    private readonly life: SessionLife,
  ) {}

  /** Signing in comes before the union is known: a policy lets exactly the account of the stated login be read. */
  accountByLogin(login: string): Promise<SignInAccount | null> {
    return this.account('app.sign_in_login', login, `${ACCOUNT} where login = $1`);
  }

  accountBySubject(issuer: string, subject: string): Promise<SignInAccount | null> {
    return this.account('app.sign_in_oidc', oidcKey(issuer, subject), `${ACCOUNT} where oidc_key = $1`);
  }

  private async account(setting: string, value: string, text: string): Promise<SignInAccount | null> {
    const scope = { text: 'select set_config($1, $2, true)', values: [setting, value] };
    const found = await inScope(this.tools.pool, scope, (sql) => sql.query<SignInAccount>(text, [value]));
    return found.rows[0] ?? null;
  }

  /** Ties an account to the provider's subject, once; false where it is tied to another already. */
  async bindSubject(account: SignInAccount, issuer: string, subject: string): Promise<boolean> {
    return inUnion(this.tools.pool, ofNoUnit(account.unionId), async (sql) => {
      const bound = await sql.query('update user_account set oidc_key = $2 where id = $1 and oidc_key is null', [
        account.accountId,
        oidcKey(issuer, subject),
      ]);
      if (bound.rowCount !== 1) return false;
      await auditAccount(sql, this.tools, account, 'account.bind-identity', { issuer });
      return true;
    });
  }

  async codeFits(account: SignInAccount, code: string, at: Date): Promise<SignInMethod | null> {
    return inUnion(this.tools.pool, ofNoUnit(account.unionId), async (sql) => {
      const found = await sql.query<{ cipher: Buffer }>(
        'select totp_cipher as cipher from user_account where id = $1 and totp_since is not null',
        [account.accountId],
      );
      const cipher = found.rows[0]?.cipher;
      if (cipher === undefined) return null;
      const step = stepOf(this.tools.vault.decrypt(cipher), code, at);
      if (step !== null) return (await takeStep(sql, account.accountId, step)) ? 'password_and_code' : null;
      return (await takeRecoveryCode(sql, account.accountId, code, at)) ? 'password_and_recovery_code' : null;
    });
  }

  async noteFailure(account: SignInAccount, lockFor: (attempts: number) => Date | null): Promise<void> {
    await inUnion(this.tools.pool, ofNoUnit(account.unionId), async (sql) => {
      // Counted by the database: of guesses sent at once each is one more.
      const counted = await sql.query<{ attempts: number }>(
        'update user_account set failed_attempts = failed_attempts + 1 where id = $1 returning failed_attempts as attempts',
        [account.accountId],
      );
      const lockedUntil = lockFor(counted.rows[0]?.attempts ?? 1);
      await sql.query('update user_account set locked_until = $2 where id = $1', [account.accountId, lockedUntil]);
      await auditAccount(sql, this.tools, account, lockedUntil === null ? 'session.refuse' : 'session.lock');
    });
  }

  async openSession(
    account: SignInAccount,
    method: SignInMethod,
    at: Date,
  ): Promise<{ token: string; expiresAt: Date }> {
    const secret = randomBytes(32).toString('base64url');
    const expiresAt = new Date(at.getTime() + this.life.hours * 3_600_000);
    await inUnion(this.tools.pool, ofNoUnit(account.unionId), async (sql) => {
      await sql.query('update user_account set failed_attempts = 0, locked_until = null where id = $1', [
        account.accountId,
      ]);
      await sql.query(
        `insert into user_session (id, union_id, account_id, token_hash, method, created_at, last_seen_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $6, $7)`,
        [this.tools.ids.next(), account.unionId, account.accountId, tokenHash(secret), method, at, expiresAt],
      );
      await auditAccount(sql, this.tools, account, 'session.open', { method });
    });
    return { token: `${account.unionId}.${secret}`, expiresAt };
  }
}
