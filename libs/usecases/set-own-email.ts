import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { notFound } from './problems.js';
import type { RecordsPort } from './records.js';

export interface SetOwnEmailPort extends RecordsPort {
  setEmail(staffId: string, email: string | null): Promise<void>;
}

/** Sets where a person's own notifications are mailed to. The address itself stays out of the audit trail. */
export async function setOwnEmail(
  port: SetOwnEmailPort,
  actor: Actor,
  email: string | null,
): Promise<Result<{ mailed: boolean }, Problem>> {
  if (actor.staffId === null) return err(notFound({ zh: '员工', en: 'member of staff' }));
  await port.setEmail(actor.staffId, email);
  await port.audit({
    actor,
    appointmentId: null,
    action: 'staff.email',
    subjectKind: 'staff',
    subjectId: actor.staffId,
    after: { set: email !== null },
  });
  return ok({ mailed: email !== null });
}
