import { err, ok, type Result } from 'neverthrow';
import { fault, type Problem } from '../domain/problem.js';
import { type Actor, actingAppointment } from './actor.js';
import type { AppointmentsPort, AppointmentView } from './appointments.js';
import { atHeadOffice } from './authority.js';
import { administratorFault, type EndAppointmentsPort, endAll } from './end-appointments.js';
import { invalidInput, notFound, otherUnit } from './problems.js';

export type EndAppointmentPort = EndAppointmentsPort & Pick<AppointmentsPort, 'appointment' | 'lockAppointments'>;

/**
 * Ends an appointment after a day, today at the earliest, and with it whatever was delegated from it. The administrator
 * ends any; a delegation is also ended by who gave it and by who was given it.
 */
export async function endAppointment(
  port: EndAppointmentPort,
  actor: Actor,
  command: { id: string; validTo: string; reason: string },
): Promise<Result<AppointmentView, Problem>> {
  await port.lockAppointments();
  const found = await port.appointment(command.id);
  if (found === null) return err(notFound({ zh: '聘任', en: 'appointment' }));
  const under = await appointmentToEndBy(port, actor, found);
  if (under === undefined) return err(otherUnit());
  const { validTo, reason } = command;
  if (validTo < actor.businessDate)
    return err(invalidInput([fault('/validTo', 'appointment.past', { zh: '不得早于今天', en: 'is before today' })]));
  const ending = await port.goingOnAfter([found.id], validTo);
  if (!ending.some(({ id }) => id === found.id))
    return err(
      invalidInput([
        fault('/validTo', 'appointment.ends-earlier', {
          zh: '该聘任届时已终止',
          en: 'the appointment has ended by that day',
        }),
      ]),
    );
  const locksOut = await administratorFault(port, ending, validTo);
  if (locksOut !== null) return err(locksOut);
  const ended = await endAll(port, actor, ending, { validTo, reason, appointmentId: under });
  return ok(ended.find(({ id }) => id === found.id) ?? found);
}

/** The appointment under which the actor may end this one; undefined where he may not. */
async function appointmentToEndBy(
  port: EndAppointmentPort,
  actor: Actor,
  { id, staffId, delegatedFromId }: AppointmentView,
): Promise<string | null | undefined> {
  if (atHeadOffice(actor, 'appointment:manage')) return actingAppointment(actor, 'appointment:manage');
  if (delegatedFromId === null) return undefined;
  if (staffId === actor.staffId) return id;
  const origin = await port.appointment(delegatedFromId);
  return origin?.staffId === actor.staffId ? origin.id : undefined;
}
