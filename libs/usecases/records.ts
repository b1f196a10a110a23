import type { Permission } from '../domain/permission.js';
import { type Actor, actingAppointment } from './actor.js';

/** One audit row: written in the transaction of the act it tells of. */
export interface AuditRecord {
  readonly actor: Actor;
  readonly appointmentId: string | null;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string | null;
  readonly before?: object;
  readonly after?: object;
}

/** What every act writes beside its own rows. */
export interface RecordsPort {
  audit(record: AuditRecord): Promise<void>;
  /** Ids only, never personal data: the row becomes a job. */
  outbox(topic: string, payload: Readonly<Record<string, string>>): Promise<void>;
}

export const auditOf = (
  actor: Actor,
  permission: Permission,
  action: string,
  subject: { kind: string; id: string | null },
  change: { before?: object; after?: object } = {},
): AuditRecord => ({
  actor,
  appointmentId: actingAppointment(actor, permission),
  action,
  subjectKind: subject.kind,
  subjectId: subject.id,
  ...change,
});

/** The audit row of an act on an application, under the appointment that gives it. */
export const auditOnCase = (
  actor: Actor,
  appointmentId: string | null,
  action: string,
  applicationId: string,
  after?: object,
): AuditRecord => ({
  actor,
  appointmentId,
  action,
  subjectKind: 'application',
  subjectId: applicationId,
  ...(after === undefined ? {} : { after }),
});
