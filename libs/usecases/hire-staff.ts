import { err, ok, type Result } from 'neverthrow';
import { type Fault, fault, type Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import type { AppointmentsPort } from './appointments.js';
import { atHeadOffice } from './authority.js';
import { invalidInput, otherUnit, unknownRecord } from './problems.js';
import { auditOf, type RecordsPort } from './records.js';

export interface NewStaff {
  readonly staffNo: string;
  readonly name: string;
  readonly homeUnitId: string;
  readonly joinedOn: string;
  /** The same person as a customer of the union, where he is one: nobody handles a loan of his own. */
  readonly customerId: string | null;
}

export interface StaffView {
  readonly id: string;
  readonly staffNo: string;
  readonly name: string;
  readonly homeUnitId: string;
  readonly joinedOn: string;
  readonly leftOn: string | null;
}

export interface HireStaffPort extends RecordsPort, Pick<AppointmentsPort, 'unit'> {
  staffNoTaken(staffNo: string): Promise<boolean>;
  /** Whether a customer is there, and somebody in service on a day is that person already. */
  personOf(customerId: string, on: string): Promise<{ employed: boolean } | null>;
  addStaff(staff: NewStaff): Promise<StaffView>;
}

/** Takes somebody into service. What the person may do follows from appointments, of which there are none yet. */
export async function hireStaff(
  port: HireStaffPort,
  actor: Actor,
  command: NewStaff,
): Promise<Result<StaffView, Problem>> {
  if (!atHeadOffice(actor, 'appointment:manage')) return err(otherUnit());
  const faults = [...(await unitFaults(port, command)), ...(await personFaults(port, command))];
  if (await port.staffNoTaken(command.staffNo))
    faults.push(fault('/staffNo', 'staff.number-taken', { zh: '该工号已存在', en: 'is the number of somebody else' }));
  if (faults.length > 0) return err(invalidInput(faults));
  const view = await port.addStaff(command);
  await port.audit(auditOf(actor, 'appointment:manage', 'staff.hire', { kind: 'staff', id: view.id }, { after: view }));
  return ok(view);
}

async function unitFaults(port: HireStaffPort, { homeUnitId, joinedOn }: NewStaff): Promise<Fault[]> {
  const unit = await port.unit(homeUnitId);
  if (unit === null) return [unknownRecord('/homeUnitId', { zh: '机构', en: 'unit' })];
  return unit.closedOn === null || unit.closedOn > joinedOn
    ? []
    : [fault('/homeUnitId', 'unit.closed', { zh: '该机构已撤销', en: 'the unit is closed' })];
}

async function personFaults(port: HireStaffPort, { customerId, joinedOn }: NewStaff): Promise<Fault[]> {
  if (customerId === null) return [];
  const person = await port.personOf(customerId, joinedOn);
  if (person === null) return [unknownRecord('/customerId', { zh: '客户', en: 'customer' })];
  return person.employed
    ? [fault('/customerId', 'staff.employed', { zh: '此人已是在职员工', en: 'is in service already' })]
    : [];
}
