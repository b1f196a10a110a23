import { type CivilDate, nextDay } from '../domain/civil-date.js';
import { type Problem, problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import type { AppointmentView } from './appointments.js';
import type { RecordsPort } from './records.js';

export interface EndAppointmentsPort extends RecordsPort {
  /** Those of `ids` that go on after a day, and the delegations of them that do; delegations come first. */
  goingOnAfter(ids: readonly string[], day: string): Promise<AppointmentView[]>;
  /** Sets the last day; the day before it begins where it has not begun by then. */
  setEnd(id: string, validTo: string, reason: string): Promise<AppointmentView>;
  /** How many people administer the union on a day by other appointments than these, their own. */
  administratorsOn(day: string, except: readonly string[]): Promise<number>;
}

const lastAdministrator = (): Problem =>
  problem(
    'conflict',
    'appointment.last-administrator',
    {
      zh: '此后联社将没有系统管理员，请先聘任他人',
      en: 'nobody would administer the union after that day: appoint somebody else first',
    },
    { clause: 'I1' },
  );

/** Null where the union keeps an administrator after a day on which these appointments end. */
export async function administratorFault(
  port: EndAppointmentsPort,
  ending: readonly AppointmentView[],
  lastDay: string,
): Promise<Problem | null> {
  if (!ending.some(({ post }) => post === 'system_administrator')) return null;
  const ids = ending.map(({ id }) => id);
  return (await port.administratorsOn(nextDay(lastDay as CivilDate), ids)) === 0 ? lastAdministrator() : null;
}

/** Ends appointments, each with an audit row of its own. */
export async function endAll(
  port: EndAppointmentsPort,
  actor: Actor,
  ending: readonly AppointmentView[],
  how: { validTo: string; reason: string; appointmentId: string | null },
): Promise<AppointmentView[]> {
  const ended: AppointmentView[] = [];
  for (const before of ending) {
    const after = await port.setEnd(before.id, how.validTo, how.reason);
    await port.audit({
      actor,
      appointmentId: how.appointmentId,
      action: 'appointment.end',
      subjectKind: 'post_appointment',
      subjectId: before.id,
      before,
      after,
    });
    ended.push(after);
  }
  return ended;
}
