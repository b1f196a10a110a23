import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { auditOwn } from './change-password.js';
import { codeRefused, secondFactorState } from './problems.js';
import type { RecordsPort } from './records.js';

export interface SecondFactorPort extends RecordsPort {
  hasSecondFactor(accountId: string): Promise<boolean>;
  /** Keeps a new secret that no code has confirmed yet; what an authenticator reads. */
  beginSecondFactor(accountId: string, login: string): Promise<{ secret: string; uri: string }>;
  /** Whether this is a code of now of the secret that was begun. */
  confirmSecondFactor(accountId: string, code: string, at: Date): Promise<boolean>;
  removeSecondFactor(accountId: string, at: Date): Promise<void>;
  /** A new set, in the clear this once; the earlier set is out of use. */
  newRecoveryCodes(accountId: string, at: Date): Promise<string[]>;
}

interface OfAccount {
  readonly accountId: string;
}

/** Begins a second factor: it counts from the first code that confirms it. */
export async function beginSecondFactor(
  port: SecondFactorPort,
  actor: Actor,
  { accountId }: OfAccount,
): Promise<Result<{ secret: string; uri: string }, Problem>> {
  if (await port.hasSecondFactor(accountId)) return err(secondFactorState(true));
  return ok(await port.beginSecondFactor(accountId, actor.name));
}

export async function confirmSecondFactor(
  port: SecondFactorPort,
  actor: Actor,
  { accountId, code }: OfAccount & { code: string },
): Promise<Result<{ recoveryCodes: string[] }, Problem>> {
  if (await port.hasSecondFactor(accountId)) return err(secondFactorState(true));
  if (!(await port.confirmSecondFactor(accountId, code, actor.at))) return err(codeRefused());
  await port.audit(auditOwn(actor, accountId, 'account.add-second-factor'));
  return ok({ recoveryCodes: await port.newRecoveryCodes(accountId, actor.at) });
}

/** Removes one's own second factor, of which a code was just taken. */
export async function removeSecondFactor(
  port: SecondFactorPort,
  actor: Actor,
  { accountId }: OfAccount,
): Promise<Result<null, Problem>> {
  await port.removeSecondFactor(accountId, actor.at);
  await port.audit(auditOwn(actor, accountId, 'account.remove-second-factor'));
  return ok(null);
}

export async function renewRecoveryCodes(
  port: SecondFactorPort,
  actor: Actor,
  { accountId }: OfAccount,
): Promise<Result<{ recoveryCodes: string[] }, Problem>> {
  if (!(await port.hasSecondFactor(accountId))) return err(secondFactorState(false));
  const recoveryCodes = await port.newRecoveryCodes(accountId, actor.at);
  await port.audit(auditOwn(actor, accountId, 'account.renew-recovery-codes'));
  return ok({ recoveryCodes });
}
