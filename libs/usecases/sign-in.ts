import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import type { SignInMethod } from '../domain/sign-in-method.js';
import { accountLocked, codeNeeded, codeRefused, signInRefused } from './problems.js';

const ATTEMPTS_BEFORE_LOCK = 5;
const FIRST_LOCK_SECONDS = 30;
const LONGEST_LOCK_SECONDS = 3600;

export interface SignInAccount {
  readonly unionId: string;
  readonly accountId: string;
  readonly passwordHash: string;
  readonly lockedUntil: Date | null;
  readonly disabled: boolean;
  readonly secondFactor: boolean;
  readonly boundToProvider: boolean;
}

export interface OpenedSession {
  readonly token: string;
  readonly expiresAt: Date;
}

export interface SessionOpener {
  openSession(account: SignInAccount, method: SignInMethod, at: Date): Promise<OpenedSession>;
}

export interface SignInPort extends SessionOpener {
  accountByLogin(login: string): Promise<SignInAccount | null>;
  passwordFits(hash: string, password: string): Promise<boolean>;
  /** Takes a code of the second factor, or a recovery code, once; null where it is neither. */
  codeFits(account: SignInAccount, code: string, at: Date): Promise<SignInMethod | null>;
  /** Counts one more failure, and locks the account until what `lockFor` says of the count. */
  noteFailure(account: SignInAccount, lockFor: (attempts: number) => Date | null): Promise<void>;
}

/** A hash of nothing anybody knows: an unknown login takes as long to refuse as a wrong password. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$Wwq0gqGYhKxkcvrQSWPLyLJ1l1U3cPXSMTAVq4bVJUg';

/**
 * Signs in with a password, and with a code where the account has a second factor. Five failures of either kind lock
 * the account, each further one for twice as long, up to an hour.
 */
export async function signIn(
  port: SignInPort,
  given: { login: string; password: string; code?: string | undefined },
  at: Date,
): Promise<Result<OpenedSession, Problem>> {
  const checked = await checkPassword(port, given, at);
  if (checked.isErr()) return err(checked.error);
  const account = checked.value;
  if (!account.secondFactor) return ok(await port.openSession(account, 'password', at));
  const method = await checkCode(port, account, given.code, at);
  return method.isErr() ? err(method.error) : ok(await port.openSession(account, method.value, at));
}

/** The account whose login and password these are; a wrong one is counted. */
export async function checkPassword(
  port: SignInPort,
  given: { login: string; password: string },
  at: Date,
): Promise<Result<SignInAccount, Problem>> {
  const account = await port.accountByLogin(given.login);
  if (account !== null && account.lockedUntil !== null && account.lockedUntil > at)
    return err(accountLocked(account.lockedUntil));
  const fits = await port.passwordFits(account?.passwordHash ?? NOBODY, given.password);
  if (account === null || account.disabled) return err(signInRefused());
  if (fits) return ok(account);
  await port.noteFailure(account, (attempts) => lockUntil(attempts, at));
  return err(signInRefused());
}

/** Takes the code of an account's second factor; a wrong one is counted. */
export async function checkCode(
  port: SignInPort,
  account: SignInAccount,
  code: string | undefined,
  at: Date,
): Promise<Result<SignInMethod, Problem>> {
  if (code === undefined) return err(codeNeeded());
  const method = await port.codeFits(account, code, at);
  if (method !== null) return ok(method);
  await port.noteFailure(account, (attempts) => lockUntil(attempts, at));
  return err(codeRefused());
}

function lockUntil(attempts: number, at: Date): Date | null {
  if (attempts < ATTEMPTS_BEFORE_LOCK) return null;
  const seconds = Math.min(FIRST_LOCK_SECONDS * 2 ** (attempts - ATTEMPTS_BEFORE_LOCK), LONGEST_LOCK_SECONDS);
  return new Date(at.getTime() + seconds * 1000);
}
