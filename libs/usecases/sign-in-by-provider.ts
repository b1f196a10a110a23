import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import { providerUnknown } from './problems.js';
import type { OpenedSession, SessionOpener, SignInAccount } from './sign-in.js';

/** What the bank's identity provider says of who signed in there. */
export interface ProvidedIdentity {
  readonly issuer: string;
  readonly subject: string;
  /** The claim that names the account here, where the provider gives it. */
  readonly login: string | null;
}

export interface ProviderSignInPort extends SessionOpener {
  accountByLogin(login: string): Promise<SignInAccount | null>;
  accountBySubject(issuer: string, subject: string): Promise<SignInAccount | null>;
  /** Ties the account to the subject; false where it is tied already. */
  bindSubject(account: SignInAccount, issuer: string, subject: string): Promise<boolean>;
}

/**
 * Opens a session for whom the identity provider vouches. The first time the account is found by its login and tied to
 * the provider's subject; from then on the subject alone counts, so that a login given to another person opens nothing.
 */
export async function signInByProvider(
  port: ProviderSignInPort,
  { issuer, subject, login }: ProvidedIdentity,
  at: Date,
): Promise<Result<OpenedSession, Problem>> {
  const known = await port.accountBySubject(issuer, subject);
  const account = known ?? (login === null ? null : await port.accountByLogin(login));
  if (account === null || account.disabled) return err(providerUnknown());
  if (known === null && (account.boundToProvider || !(await port.bindSubject(account, issuer, subject))))
    return err(providerUnknown());
  return ok(await port.openSession(account, 'oidc', at));
}
