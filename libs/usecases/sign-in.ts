import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import { accountLocked, signInRefused } from './problems.js';

const ATTEMPTS_BEFORE_LOCK = 5;
const FIRST_LOCK_SECONDS = 30;
const LONGEST_LOCK_SECONDS = 3600;

export interface SignInAccount {
  readonly unionId: string;
  readonly accountId: string;
  readonly passwordHash: string;
  readonly lockedUntil: Date | null;
  readonly disabled: boolean;
}

export interface SignInPort {
  accountByLogin(login: string): Promise<SignInAccount | null>;
  passwordFits(hash: string, password: string): Promise<boolean>;
  /** Counts one more failure, and locks the account until what `lockFor` says of the count. */
  noteFailure(account: SignInAccount, lockFor: (attempts: number) => Date | null): Promise<void>;
  openSession(account: SignInAccount, at: Date): Promise<{ token: string; expiresAt: Date }>;
}

/** A hash of nothing anybody knows: an unknown login takes as long to refuse as a wrong password. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$Wwq0gqGYhKxkcvrQSWPLyLJ1l1U3cPXSMTAVq4bVJUg';

/** Signs in with a password. Five failures lock the account, each further one for twice as long, up to an hour. */
export async function signIn(
  port: SignInPort,
  given: { login: string; password: string },
  at: Date,
): Promise<Result<{ token: string; expiresAt: Date; unionId: string }, Problem>> {
  const account = await port.accountByLogin(given.login);
  if (account !== null && account.lockedUntil !== null && account.lockedUntil > at)
    return err(accountLocked(account.lockedUntil));
  const fits = await port.passwordFits(account?.passwordHash ?? NOBODY, given.password);
  if (account === null || account.disabled) return err(signInRefused());
  if (!fits) {
    await port.noteFailure(account, (attempts) => lockUntil(attempts, at));
    return err(signInRefused());
  }
  const { token, expiresAt } = await port.openSession(account, at);
  return ok({ token, expiresAt, unionId: account.unionId });
}

function lockUntil(attempts: number, at: Date): Date | null {
  if (attempts < ATTEMPTS_BEFORE_LOCK) return null;
  const seconds = Math.min(FIRST_LOCK_SECONDS * 2 ** (attempts - ATTEMPTS_BEFORE_LOCK), LONGEST_LOCK_SECONDS);
  return new Date(at.getTime() + seconds * 1000);
}
