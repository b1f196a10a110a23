import { createHash, randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { validate } from 'uuid';
import type { CivilDate } from '../domain/civil-date.js';
import type { Post } from '../domain/post.js';
import type { ActiveAppointment } from '../usecases/actor.js';
import type { SignInAccount, SignInPort } from '../usecases/sign-in.js';
import { inScope, inUnion, type Sql } from './pool.js';
import type { PersistenceTools } from './tools.js';

// The library's algorithm is argon2id; OWASP's figures for it: 19 MiB, two passes, one lane.
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const hashPassword = (password: string): Promise<string> => hash(password, ARGON);

const tokenHash = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Who a session belongs to, with the appointments in force on a day. */
export interface SessionHolder {
  readonly unionId: string;
  readonly staffId: string;
  readonly login: string;
  readonly name: string;
  readonly appointments: readonly ActiveAppointment[];
}

const SESSION_SQL = `
select u.id as account_id, u.login, s.id as staff_id, s.name,
  coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'post', p.post, 'unitId', p.unit_id,
    'headOffice', o.kind in ('county_union', 'department')) order by p.valid_from, p.id)
    from post_appointment p join org_unit o on o.union_id = p.union_id and o.id = p.unit_id
    where p.union_id = $1 and p.staff_id = s.id and p.valid_from <= $3 and (p.valid_to is null or p.valid_to >= $3)), '[]') as appointments
from user_session e
join user_account u on u.union_id = $1 and u.id = e.account_id and u.disabled_at is null
join staff s on s.union_id = $1 and s.id = u.staff_id and (s.left_on is null or s.left_on >= $3)
where e.union_id = $1 and e.token_hash = $2 and e.revoked_at is null and e.expires_at > $4
  and e.last_seen_at > $4::timestamptz - make_interval(mins => $5)`;

/** Kept to the minute: a session that is used is not written at each request. */
const SEEN_SQL = `
update user_session set last_seen_at = $3 where union_id = $1 and token_hash = $2 and last_seen_at < $3::timestamptz - interval '1 minute'`;

/** $1 union, $2 member of staff, $3 now, $4 minutes without use: the sessions that are open, the newest first. */
const OPEN_SQL = `
select e.id, e.created_at as "createdAt", e.last_seen_at as "lastSeenAt", e.expires_at as "expiresAt", e.token_hash as "tokenHash"
from user_session e join user_account u on u.union_id = $1 and u.id = e.account_id
where e.union_id = $1 and u.staff_id = $2 and e.revoked_at is null and e.expires_at > $3
  and e.last_seen_at > $3::timestamptz - make_interval(mins => $4) order by e.id desc`;

/** One of a person's open sessions. */
export interface OpenSession {
  readonly id: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
  /** The one that asks. */
  readonly current: boolean;
}

/** How long a session lives at most, and how long without use. */
export interface SessionLife {
  readonly hours: number;
  readonly idleMinutes: number;
}

/** Accounts and server-side sessions: the cookie holds a random secret, the database its hash. */
export class SignInStore implements SignInPort {
  constructor(
    private readonly tools: PersistenceTools,
    private readonly life: SessionLife,
  ) {}

  /** Signing in comes before the union is known: a policy lets exactly the account of the stated login be read. */
  async accountByLogin(login: string): Promise<SignInAccount | null> {
    const scope = { text: `select set_config('app.sign_in_login', $1, true)`, values: [login] };
    const found = await inScope(this.tools.pool, scope, (sql) =>
      sql.query<{
        id: string;
        union_id: string;
        password_hash: string;
        locked_until: Date | null;
        disabled_at: Date | null;
      }>('select id, union_id, password_hash, locked_until, disabled_at from user_account where login = $1', [login]),
    );
    const row = found.rows[0];
    if (row === undefined) return null;
    return {
      unionId: row.union_id,
      accountId: row.id,
      passwordHash: row.password_hash,
      lockedUntil: row.locked_until,
      disabled: row.disabled_at !== null,
    };
  }

  passwordFits(passwordHash: string, password: string): Promise<boolean> {
    return verify(passwordHash, password).catch(() => false);
  }

  async noteFailure(account: SignInAccount, lockFor: (attempts: number) => Date | null): Promise<void> {
    await inUnion(this.tools.pool, account.unionId, async (sql) => {
      // Counted by the database: of guesses sent at once each is one more.
      const counted = await sql.query<{ attempts: number }>(
        'update user_account set failed_attempts = failed_attempts + 1 where id = $1 returning failed_attempts as attempts',
        [account.accountId],
      );
      const lockedUntil = lockFor(counted.rows[0]?.attempts ?? 1);
      await sql.query('update user_account set locked_until = $2 where id = $1', [account.accountId, lockedUntil]);
      await this.auditSession(sql, account, lockedUntil === null ? 'session.refuse' : 'session.lock');
    });
  }

  async openSession(account: SignInAccount, at: Date): Promise<{ token: string; expiresAt: Date }> {
    const secret = randomBytes(32).toString('base64url');
    const expiresAt = new Date(at.getTime() + this.life.hours * 3_600_000);
    await inUnion(this.tools.pool, account.unionId, async (sql) => {
      await sql.query('update user_account set failed_attempts = 0, locked_until = null where id = $1', [
        account.accountId,
      ]);
      await sql.query(
        'insert into user_session (id, union_id, account_id, token_hash, created_at, last_seen_at, expires_at) values ($1, $2, $3, $4, $5, $5, $6)',
        [this.tools.ids.next(), account.unionId, account.accountId, tokenHash(secret), at, expiresAt],
      );
      await this.auditSession(sql, account, 'session.open');
    });
    return { token: `${account.unionId}.${secret}`, expiresAt };
  }

  private async auditSession(
    sql: Sql,
    { unionId, accountId }: Pick<SignInAccount, 'unionId' | 'accountId'>,
    action: 'session.open' | 'session.close' | 'session.refuse' | 'session.lock',
  ): Promise<void> {
    await sql.query(
      `insert into audit_event (id, union_id, at, actor_id, actor_name, request_id, action, subject_kind, subject_id)
       select $1::uuid, $2, $3, u.staff_id, u.login, $1::uuid::text, $5, 'account', u.id from user_account u where u.id = $4`,
      [this.tools.ids.next(), unionId, this.tools.clock.now(), accountId, action],
    );
  }

  /** Who holds the token, or null where it is unknown, expired or revoked, or its owner has left. */
  async holderOf(token: string, at: Date, on: CivilDate): Promise<SessionHolder | null> {
    const [unionId, secret] = token.split('.');
    if (unionId === undefined || secret === undefined || !validate(unionId)) return null;
    return inUnion(this.tools.pool, unionId, async (sql) => {
      const found = await sql.query<{
        login: string;
        staff_id: string;
        name: string;
        appointments: { id: string; post: Post; unitId: string; headOffice: boolean }[];
      }>({
        name: 'session-holder',
        text: SESSION_SQL,
        values: [unionId, tokenHash(secret), on, at, this.life.idleMinutes],
      });
      const row = found.rows[0];
      if (row !== undefined)
        await sql.query({ name: 'session-seen', text: SEEN_SQL, values: [unionId, tokenHash(secret), at] });
      return row === undefined
        ? null
        : { unionId, staffId: row.staff_id, login: row.login, name: row.name, appointments: row.appointments };
    });
  }

  async revoke(token: string, at: Date): Promise<void> {
    const [unionId, secret] = token.split('.');
    if (unionId === undefined || secret === undefined) return;
    await inUnion(this.tools.pool, unionId, async (sql) => {
      const revoked = await sql.query<{ account_id: string }>(
        'update user_session set revoked_at = $2 where token_hash = $1 and revoked_at is null returning account_id',
        [tokenHash(secret), at],
      );
      for (const { account_id: accountId } of revoked.rows) {
        await this.auditSession(sql, { unionId, accountId }, 'session.close');
      }
    });
  }

  /** The open sessions of whoever holds the token. */
  async sessionsOf({ unionId, staffId }: { unionId: string; staffId: string }, token: string): Promise<OpenSession[]> {
    const mine = tokenHash(token.split('.')[1] ?? '');
    const found = await inUnion(this.tools.pool, unionId, (sql) =>
      sql.query<Record<'createdAt' | 'lastSeenAt' | 'expiresAt', Date> & { id: string; tokenHash: Buffer }>(OPEN_SQL, [
        unionId,
        staffId,
        this.tools.clock.now(),
        this.life.idleMinutes,
      ]),
    );
    return found.rows.map(({ id, createdAt, lastSeenAt, expiresAt, tokenHash: theirs }) => ({
      id,
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      current: theirs.equals(mine),
    }));
  }

  /** Ends one of a person's own sessions; false where it is none of theirs or has ended. */
  async revokeOwn({ unionId, staffId }: { unionId: string; staffId: string }, id: string, at: Date): Promise<boolean> {
    return inUnion(this.tools.pool, unionId, async (sql) => {
      const revoked = await sql.query<{ account_id: string }>(
        `update user_session e set revoked_at = $4 from user_account u
         where u.union_id = $1 and u.id = e.account_id and u.staff_id = $2 and e.union_id = $1 and e.id = $3 and e.revoked_at is null
         returning e.account_id`,
        [unionId, staffId, id, at],
      );
      for (const { account_id: accountId } of revoked.rows)
        await this.auditSession(sql, { unionId, accountId }, 'session.close');
      return revoked.rowCount === 1;
    });
  }
}
