import { err, ok, type Result } from 'neverthrow';
import { type Fault, fault, type Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { invalidInput } from './problems.js';
import type { AuditRecord, RecordsPort } from './records.js';

export interface PasswordPort extends RecordsPort {
  /** What makes a password too weak; `words` are what others know of its owner. */
  weaknessesOf(password: string, words: readonly string[]): Promise<Fault[]>;
  setPassword(accountId: string, password: string, oneTime: boolean): Promise<void>;
  /** Ends the account's open sessions but the one of the token. */
  endSessions(accountId: string, exceptToken: string | null, at: Date): Promise<void>;
}

export const auditOwn = (actor: Actor, accountId: string, action: string, after?: object): AuditRecord => ({
  actor,
  appointmentId: null,
  action,
  subjectKind: 'account',
  subjectId: accountId,
  ...(after === undefined ? {} : { after }),
});

/** Changes one's own password, whose present one was just checked; every other session ends. */
export async function changePassword(
  port: PasswordPort,
  actor: Actor,
  command: { accountId: string; token: string; current: string; next: string },
): Promise<Result<null, Problem>> {
  const { accountId, token, current, next } = command;
  const faults = await port.weaknessesOf(next, [actor.name, ...actor.name.split(/[^\p{L}\p{N}]+/u)]);
  if (next === current)
    faults.push(fault('/next', 'password.same', { zh: '与现密码相同', en: 'is the present password' }));
  if (faults.length > 0) return err(invalidInput(faults));
  await port.setPassword(accountId, next, false);
  await port.endSessions(accountId, token, actor.at);
  await port.audit(auditOwn(actor, accountId, 'account.change-password'));
  return ok(null);
}
