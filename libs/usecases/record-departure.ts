import { err, ok, type Result } from 'neverthrow';
import { fault, type Problem, problem } from '../domain/problem.js';
import { type Actor, actingAppointment } from './actor.js';
import type { AppointmentsPort } from './appointments.js';
import { atHeadOffice } from './authority.js';
import { administratorFault, type EndAppointmentsPort, endAll } from './end-appointments.js';
import type { StaffView } from './hire-staff.js';
import { invalidInput, notFound, otherUnit } from './problems.js';
import { auditOf } from './records.js';

export interface RecordDeparturePort
  extends EndAppointmentsPort,
    Pick<AppointmentsPort, 'lockAppointments' | 'staffMember'> {
  appointmentIdsOf(staffId: string): Promise<string[]>;
  setLeft(staffId: string, leftOn: string): Promise<StaffView>;
  /** Ends every open session of a person; gives how many there were. */
  revokeSessions(staffId: string, at: Date): Promise<number>;
}

const DEPARTURE = '离职';

const leftAlready = (on: string): Problem =>
  problem('conflict', 'staff.left', { zh: `该员工已登记 ${on} 离职`, en: `is recorded as leaving on ${on} already` });

/**
 * Records the last day of somebody in service, today at the earliest. The appointments end with it, and whatever was
 * delegated from them; nobody is signed in after that day. Where it is today the sessions that are open end at once.
 */
export async function recordDeparture(
  port: RecordDeparturePort,
  actor: Actor,
  command: { id: string; leftOn: string },
): Promise<Result<StaffView & { appointmentsEnded: number }, Problem>> {
  if (!atHeadOffice(actor, 'appointment:manage')) return err(otherUnit());
  await port.lockAppointments();
  const { id, leftOn } = command;
  const staff = await port.staffMember(id, actor.businessDate);
  if (staff === null) return err(notFound({ zh: '员工', en: 'member of staff' }));
  if (staff.leftOn !== null) return err(leftAlready(staff.leftOn));
  if (leftOn < actor.businessDate || leftOn < staff.joinedOn)
    return err(
      invalidInput([
        fault('/leftOn', 'staff.departure-date', {
          zh: '不得早于今天和入职日',
          en: 'is before today, or before the day of joining',
        }),
      ]),
    );
  const ending = await port.goingOnAfter(await port.appointmentIdsOf(id), leftOn);
  const locksOut = await administratorFault(port, ending, leftOn);
  if (locksOut !== null) return err(locksOut);
  const appointmentId = actingAppointment(actor, 'appointment:manage');
  const ended = await endAll(port, actor, ending, { validTo: leftOn, reason: DEPARTURE, appointmentId });
  const view = { ...(await port.setLeft(id, leftOn)), appointmentsEnded: ended.length };
  const sessionsEnded = leftOn === actor.businessDate ? await port.revokeSessions(id, actor.at) : 0;
  await port.audit(
    auditOf(
      actor,
      'appointment:manage',
      'staff.depart',
      { kind: 'staff', id },
      { before: { leftOn: null }, after: { leftOn, appointmentsEnded: ended.length, sessionsEnded } },
    ),
  );
  return ok(view);
}
