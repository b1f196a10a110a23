import { err, ok, type Result } from 'neverthrow';
import { parseCreditCode, parseResidentId } from '../domain/identity.js';
import type { Fault, Problem } from '../domain/problem.js';
import { type Actor, mayActIn } from './actor.js';
import { futureDate, identityTaken, invalidInput, otherUnit, unknownRecord } from './problems.js';
import { auditOf, type RecordsPort } from './records.js';
import type { CustomerView } from './views.js';

/** What is told of a customer; undefined where it is not known. */
export interface CustomerParticulars {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly address?: string | undefined;
  readonly residence?: 'rural' | 'urban' | undefined;
  readonly insiderStatus?: 'none' | 'insider' | 'relative' | undefined;
  readonly monthlyIncomeFen?: number | undefined;
  readonly incomeAsOf?: string | undefined;
  readonly creditLevel?: 'excellent' | 'good' | 'ordinary' | undefined;
  readonly creditLevelRatedOn?: string | undefined;
}

export interface RegisterCustomer extends CustomerParticulars {
  readonly kind: 'person' | 'organisation';
  readonly name: string;
  readonly identityNumber: string;
  readonly homeUnitId: string;
}

export interface RegisterCustomerPort extends RecordsPort {
  unitExists(id: string): Promise<boolean>;
  customerByIdentity(number: string): Promise<string | null>;
  addCustomer(customer: RegisterCustomer & { birthDate: string | null }): Promise<CustomerView>;
}

/** Registers a customer once in the union, by the 18-character form of the identity number (M2). */
export async function registerCustomer(
  port: RegisterCustomerPort,
  actor: Actor,
  command: RegisterCustomer,
): Promise<Result<CustomerView, Problem>> {
  const resident = command.kind === 'person' ? parseResidentId(command.identityNumber) : null;
  const number = resident?.number ?? parseCreditCode(command.identityNumber) ?? command.identityNumber;
  const faults = particularsFaults(command, actor);
  if (!(await port.unitExists(command.homeUnitId)))
    faults.push(unknownRecord('/homeUnitId', { zh: '机构', en: 'unit' }));
  if (faults.length > 0) return err(invalidInput(faults));
  if (!mayActIn(actor, 'customer:write', command.homeUnitId)) return err(otherUnit());
  if ((await port.customerByIdentity(number)) !== null) return err(identityTaken());
  const view = await port.addCustomer({ ...command, identityNumber: number, birthDate: resident?.birthDate ?? null });
  await port.audit(auditOf(actor, 'customer:write', 'customer.register', { kind: 'customer', id: view.id }));
  return ok(view);
}

/** Faults that depend on today. */
export function particularsFaults(given: CustomerParticulars, actor: Actor): Fault[] {
  const faults: Fault[] = [];
  if (given.incomeAsOf !== undefined && given.incomeAsOf > actor.businessDate) faults.push(futureDate('/incomeAsOf'));
  if (given.creditLevelRatedOn !== undefined && given.creditLevelRatedOn > actor.businessDate)
    faults.push(futureDate('/creditLevelRatedOn'));
  return faults;
}
