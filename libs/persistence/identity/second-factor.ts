import { createHash } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Sql } from '../pool.js';

const ISSUER = 'Wugang 五岗';
const STEP_SECONDS = 30;
/** A code of the step before and after is taken too: clocks of telephones differ. */
const STEPS_AROUND = 1;

const totpOf = (secret: string, login = ''): TOTP =>
  new TOTP({ issuer: ISSUER, label: login, secret: Secret.fromBase32(secret), period: STEP_SECONDS });

/** 160 random bits, base32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

/** What an authenticator application reads, as text or as a picture of it. */
export const keyUri = (secret: string, login: string): string => totpOf(secret, login).toString();

/** The time step whose code this is, or null where it is none of now. */
export function stepOf(secret: string, code: string, at: Date): number | null {
  const timestamp = at.getTime();
  const delta = totpOf(secret).validate({ token: code, window: STEPS_AROUND, timestamp });
  return delta === null ? null : Math.floor(timestamp / 1000 / STEP_SECONDS) + delta;
}

export const recoveryCodeHash = (code: string): Buffer =>
  createHash('sha256')
    .update(
      code
        .normalize('NFKC')
        .toLowerCase()
        .replaceAll(/[^a-z0-9]/g, ''),
    )
    .digest();

/** Takes a step's code once: of two at the same moment one is refused. */
export async function takeStep(sql: Sql, accountId: string, step: number): Promise<boolean> {
  const taken = await sql.query(
    'update user_account set totp_last_step = $2 where id = $1 and (totp_last_step is null or totp_last_step < $2)',
    [accountId, step],
  );
  return taken.rowCount === 1;
}

export async function takeRecoveryCode(sql: Sql, accountId: string, code: string, at: Date): Promise<boolean> {
  const taken = await sql.query(
    'update recovery_code set used_at = $3 where account_id = $1 and code_hash = $2 and used_at is null',
    [accountId, recoveryCodeHash(code), at],
  );
  return taken.rowCount === 1;
}
