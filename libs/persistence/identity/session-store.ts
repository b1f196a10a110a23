import { createHash } from 'node:crypto';
import { validate } from 'uuid';
import type { CivilDate } from '../../domain/civil-date.js';
import type { SignInMethod } from '../../domain/sign-in-method.js';
import type { ActiveAppointment } from '../../usecases/actor.js';
import { inUnion } from '../pool.js';
import { ofNoUnit } from '../scope.js';
import type { PersistenceTools } from '../tools.js';
import { auditAccount } from './audit-account.js';

export const tokenHash = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Who a session belongs to, with the appointments in force on a day. */
export interface SessionHolder {
  readonly unionId: string;
  readonly accountId: string;
  readonly staffId: string;
  readonly login: string;
  readonly name: string;
  readonly method: SignInMethod;
  /** The password was given by an administrator and must be changed first. */
  readonly passwordOneTime: boolean;
  /** Whether the account has a second factor. */
  readonly secondFactor: boolean;
  readonly appointments: readonly (ActiveAppointment & { readonly id: string })[];
}

const SESSION_SQL = `
select u.id as "accountId", u.login, s.id as "staffId", s.name, e.method, u.password_one_time as "passwordOneTime",
  u.totp_since is not null as "secondFactor",
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
select e.id, e.method, e.created_at as "createdAt", e.last_seen_at as "lastSeenAt", e.expires_at as "expiresAt", e.token_hash as "tokenHash"
from user_session e join user_account u on u.union_id = $1 and u.id = e.account_id
where e.union_id = $1 and u.staff_id = $2 and e.revoked_at is null and e.expires_at > $3
  and e.last_seen_at > $3::timestamptz - make_interval(mins => $4) order by e.id desc`;

/** One of a person's open sessions. */
export interface OpenSession {
  readonly id: string;
  readonly method: SignInMethod;
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

interface Owner {
  readonly unionId: string;
  readonly staffId: string;
}

/** Sessions that are open: who holds one, whose they are, and their end. */
export class SessionStore {
  constructor(
    private readonly tools: PersistenceTools,
    private readonly life: SessionLife,
  ) {}

  /** Who holds the token, or null where it is unknown, expired or revoked, or its owner has left. */
  async holderOf(token: string, at: Date, on: CivilDate): Promise<SessionHolder | null> {
    const [unionId, secret] = token.split('.');
    if (unionId === undefined || secret === undefined || !validate(unionId)) return null;
    return inUnion(this.tools.pool, ofNoUnit(unionId), async (sql) => {
      const values = [unionId, tokenHash(secret), on, at, this.life.idleMinutes];
      const found = await sql.query<Omit<SessionHolder, 'unionId'>>({
        name: 'session-holder',
        text: SESSION_SQL,
        values,
      });
      const row = found.rows[0];
      if (row === undefined) return null;
      await sql.query({ name: 'session-seen', text: SEEN_SQL, values: [unionId, tokenHash(secret), at] });
      return { unionId, ...row };
    });
  }

  async revoke(token: string, at: Date): Promise<void> {
    const [unionId, secret] = token.split('.');
    if (unionId === undefined || secret === undefined) return;
    await inUnion(this.tools.pool, ofNoUnit(unionId), async (sql) => {
      const revoked = await sql.query<{ accountId: string }>(
        'update user_session set revoked_at = $2 where token_hash = $1 and revoked_at is null returning account_id as "accountId"',
        [tokenHash(secret), at],
      );
      for (const { accountId } of revoked.rows)
        await auditAccount(sql, this.tools, { unionId, accountId }, 'session.close');
    });
  }

  /** The open sessions of whoever holds the token. */
  async sessionsOf({ unionId, staffId }: Owner, token: string): Promise<OpenSession[]> {
    const mine = tokenHash(token.split('.')[1] ?? '');
    const found = await inUnion(this.tools.pool, ofNoUnit(unionId), (sql) =>
      sql.query<
        Record<'createdAt' | 'lastSeenAt' | 'expiresAt', Date> & { id: string; method: SignInMethod; tokenHash: Buffer }
      >(OPEN_SQL, [unionId, staffId, this.tools.clock.now(), this.life.idleMinutes]),
    );
    return found.rows.map(({ id, method, createdAt, lastSeenAt, expiresAt, tokenHash: theirs }) => ({
      id,
      method,
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      current: theirs.equals(mine),
    }));
  }

  /** Ends one of a person's own sessions; false where it is none of theirs or has ended. */
  async revokeOwn({ unionId, staffId }: Owner, id: string, at: Date): Promise<boolean> {
    return inUnion(this.tools.pool, ofNoUnit(unionId), async (sql) => {
      const revoked = await sql.query<{ accountId: string }>(
        `update user_session e set revoked_at = $4 from user_account u
         where u.union_id = $1 and u.id = e.account_id and u.staff_id = $2 and e.union_id = $1 and e.id = $3 and e.revoked_at is null
         returning e.account_id as "accountId"`,
        [unionId, staffId, id, at],
      );
      for (const { accountId } of revoked.rows)
        await auditAccount(sql, this.tools, { unionId, accountId }, 'session.close');
      return revoked.rowCount === 1;
    });
  }
}
