import { err, ok, type Result } from 'neverthrow';
import { type CivilDate, daysBetween } from '../domain/civil-date.js';
import { DELEGATION_DAYS_AT_MOST, heldInPerson } from '../domain/delegation.js';
import { POSTS } from '../domain/post.js';
import { type Fault, fault, type Problem } from '../domain/problem.js';
import { type Actor, actingAppointment } from './actor.js';
import { appointmentFaults, appointmentRefused, noSelfAppointment } from './appointment-faults.js';
import type { AppointmentsPort, AppointmentView } from './appointments.js';
import { atHeadOffice } from './authority.js';
import { notFound, otherUnit } from './problems.js';

export interface DelegateAppointmentPort extends AppointmentsPort {
  /** Delegations of an appointment that are in force on one of these days. */
  delegationsWithin(id: string, from: string, to: string): Promise<AppointmentView[]>;
}

interface Delegation {
  readonly id: string;
  readonly toStaffId: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly basis: string;
}

/** Unit and post are those of what is handed on: a fault of theirs is one of the whole. */
const PATHS = { person: '/toStaffId', unit: '', post: '' };

/**
 * Hands a post on to a deputy for dated days, by its holder or by the administrator. The holder keeps it, and both sit at
 * the same desk; what the deputy does is recorded under an appointment of his own. He is refused it where an appointment
 * would be (G1).
 */
export async function delegateAppointment(
  port: DelegateAppointmentPort,
  actor: Actor,
  command: Delegation,
): Promise<Result<AppointmentView, Problem>> {
  await port.lockAppointments();
  const origin = await port.appointment(command.id);
  if (origin === null) return err(notFound({ zh: '聘任', en: 'appointment' }));
  const byHolder = actor.staffId === origin.staffId;
  if (!byHolder && !atHeadOffice(actor, 'appointment:manage')) return err(otherUnit());
  const { toStaffId, validFrom, validTo, basis } = command;
  const { unitId, post } = origin;
  const proposed = { staffId: toStaffId, unitId, post, validFrom, validTo, basis, delegatedFromId: origin.id };
  const faults = [
    ...delegationFaults(origin, command),
    ...(await appointmentFaults(port, proposed, actor.businessDate, PATHS)),
  ];
  if (toStaffId === actor.staffId) faults.unshift(noSelfAppointment('/toStaffId'));
  if ((await port.delegationsWithin(origin.id, validFrom, validTo)).length > 0)
    faults.push(
      fault('/validFrom', 'appointment.delegated-already', {
        zh: '该岗位在此期间已授权他人代行',
        en: 'the post is handed on to somebody on some of these days already',
      }),
    );
  if (faults.length > 0) return err(appointmentRefused(faults));
  const view = await port.addAppointment(proposed, actor.staffId);
  await port.audit({
    actor,
    appointmentId: byHolder ? origin.id : actingAppointment(actor, 'appointment:manage'),
    action: 'appointment.delegate',
    subjectKind: 'post_appointment',
    subjectId: view.id,
    after: view,
  });
  return ok(view);
}

function delegationFaults(origin: AppointmentView, { toStaffId, validFrom, validTo }: Delegation): Fault[] {
  const faults: Fault[] = [];
  if (origin.delegatedFromId !== null)
    faults.push(fault('', 'appointment.delegated-on', { zh: '代行的岗位不得转授', en: 'is itself handed on' }));
  const reason = heldInPerson(origin.post);
  if (reason !== null)
    faults.push(
      fault('', 'appointment.in-person', {
        zh: `${POSTS[origin.post].zh}不得授权代行：${reason.zh}`,
        en: `${POSTS[origin.post].en} is not handed on: ${reason.en}`,
      }),
    );
  if (toStaffId === origin.staffId)
    faults.push(fault('/toStaffId', 'appointment.holder', { zh: '该员工即为任职人', en: 'is the holder of the post' }));
  if (validFrom < origin.validFrom || (origin.validTo !== null && validTo > origin.validTo))
    faults.push(
      fault('/validTo', 'appointment.outside', {
        zh: '代行期超出任职期',
        en: 'lies outside the days of what is handed on',
      }),
    );
  if (daysBetween(validFrom as CivilDate, validTo as CivilDate) >= DELEGATION_DAYS_AT_MOST)
    faults.push(
      fault('/validTo', 'appointment.too-long', {
        zh: `每次代行最长 ${DELEGATION_DAYS_AT_MOST} 天`,
        en: `a post is handed on for ${DELEGATION_DAYS_AT_MOST} days at most`,
      }),
    );
  return faults;
}
