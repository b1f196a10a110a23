import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import type { PasswordPort } from './change-password.js';
import { invalidInput, notFound, notOnOneself, secondFactorState, unknownRecord } from './problems.js';
import { auditOf } from './records.js';
import type { SecondFactorPort } from './second-factor.js';

/** An account as administrators see it: nothing that signs in. */
export interface AccountView {
  readonly id: string;
  readonly login: string;
  readonly staffId: string;
  readonly staffNo: string;
  readonly name: string;
  readonly disabled: boolean;
  readonly lockedUntil: string | null;
  readonly passwordOneTime: boolean;
  readonly secondFactor: boolean;
  readonly boundToProvider: boolean;
}

export type AccountWithPassword = AccountView & { readonly oneTimePassword: string };

export interface AccountsPort extends PasswordPort, SecondFactorPort {
  account(id: string): Promise<AccountView | null>;
  staffOnPost(staffId: string, on: string): Promise<boolean>;
  addAccount(staffId: string, login: string, password: string): Promise<string>;
  /** Random, long enough never to be guessed. */
  randomPassword(): string;
  setDisabled(id: string, at: Date | null): Promise<void>;
  unlock(id: string): Promise<void>;
}

const gone = () => notFound({ zh: '账号', en: 'account' });

/** Opens an account with a one-time password, shown this once. */
export async function openAccount(
  port: AccountsPort,
  actor: Actor,
  { staffId, login }: { staffId: string; login: string },
): Promise<Result<AccountWithPassword, Problem>> {
  if (!(await port.staffOnPost(staffId, actor.businessDate)))
    return err(invalidInput([unknownRecord('/staffId', { zh: '在职人员', en: 'member of staff' })]));
  const oneTimePassword = port.randomPassword();
  const id = await port.addAccount(staffId, login, oneTimePassword);
  return told(port, actor, id, 'account.open', oneTimePassword);
}

/** Gives a new one-time password; every session of the account ends. */
export async function resetPassword(
  port: AccountsPort,
  actor: Actor,
  { id }: { id: string },
): Promise<Result<AccountWithPassword, Problem>> {
  const found = await anothers(port, actor, id);
  if (found.isErr()) return err(found.error);
  const oneTimePassword = port.randomPassword();
  await port.setPassword(id, oneTimePassword, true);
  await port.unlock(id);
  await port.endSessions(id, null, actor.at);
  return told(port, actor, id, 'account.reset-password', oneTimePassword);
}

export type AccountChange = 'disable' | 'enable' | 'unlock' | 'remove-second-factor';

/** Shuts an account or opens it again, lifts a lock, or takes a lost second factor away. */
export async function changeAccount(
  port: AccountsPort,
  actor: Actor,
  { id, change }: { id: string; change: AccountChange },
): Promise<Result<AccountView, Problem>> {
  const found = await anothers(port, actor, id);
  if (found.isErr()) return err(found.error);
  const undone = await DO[change](port, found.value, actor.at);
  if (undone !== null) return err(undone);
  return told(port, actor, id, `account.${change}`);
}

const DO: Readonly<Record<AccountChange, (port: AccountsPort, of: AccountView, at: Date) => Promise<Problem | null>>> =
  {
    async disable(port, { id }, at) {
      await port.setDisabled(id, at);
      await port.endSessions(id, null, at);
      return null;
    },
    async enable(port, { id }) {
      await port.setDisabled(id, null);
      return null;
    },
    async unlock(port, { id }) {
      await port.unlock(id);
      return null;
    },
    async 'remove-second-factor'(port, { id, secondFactor }, at) {
      if (!secondFactor) return secondFactorState(false);
      await port.removeSecondFactor(id, at);
      await port.endSessions(id, null, at);
      return null;
    },
  };

async function anothers(port: AccountsPort, actor: Actor, id: string): Promise<Result<AccountView, Problem>> {
  const found = await port.account(id);
  if (found === null) return err(gone());
  return found.staffId === actor.staffId ? err(notOnOneself()) : ok(found);
}

async function told<P extends string | undefined>(
  port: AccountsPort,
  actor: Actor,
  id: string,
  action: string,
  oneTimePassword?: P,
): Promise<Result<AccountView & (P extends string ? { oneTimePassword: string } : object), Problem>> {
  const view = await port.account(id);
  if (view === null) return err(gone());
  await port.audit(auditOf(actor, 'account:manage', action, { kind: 'account', id }, { after: view }));
  const answer = oneTimePassword === undefined ? view : { ...view, oneTimePassword };
  return ok(answer as AccountView & (P extends string ? { oneTimePassword: string } : object));
}
