import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { appointmentFaults, appointmentRefused, noSelfAppointment } from './appointment-faults.js';
import type { AppointmentsPort, AppointmentView, NewAppointment } from './appointments.js';
import { atHeadOffice } from './authority.js';
import { otherUnit } from './problems.js';
import { auditOf } from './records.js';

const PATHS = { person: '/staffId', unit: '/unitId', post: '/post' };

/**
 * Appoints a member of staff to a post at a unit, from today on at the earliest (I1). Nobody appoints himself, holds
 * incompatible posts, or comes by it to both sides of a live loan (G1).
 */
export async function appointStaff(
  port: AppointmentsPort,
  actor: Actor,
  command: Omit<NewAppointment, 'delegatedFromId'>,
): Promise<Result<AppointmentView, Problem>> {
  if (!atHeadOffice(actor, 'appointment:manage')) return err(otherUnit());
  await port.lockAppointments();
  const faults = await appointmentFaults(port, command, actor.businessDate, PATHS);
  if (command.staffId === actor.staffId) faults.unshift(noSelfAppointment('/staffId'));
  if (faults.length > 0) return err(appointmentRefused(faults));
  const view = await port.addAppointment({ ...command, delegatedFromId: null }, actor.staffId);
  await port.audit(
    auditOf(
      actor,
      'appointment:manage',
      'appointment.make',
      { kind: 'post_appointment', id: view.id },
      { after: view },
    ),
  );
  return ok(view);
}
