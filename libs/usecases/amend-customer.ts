import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import { type Actor, mayActIn } from './actor.js';
import { invalidInput, notFound, otherUnit, staleVersion } from './problems.js';
import { auditOf, type RecordsPort } from './records.js';
import { type CustomerParticulars, particularsFaults } from './register-customer.js';
import type { CustomerView } from './views.js';

export interface AmendCustomerPort extends RecordsPort {
  customer(id: string): Promise<CustomerView | null>;
  /** Null where the version is no longer the one given. */
  changeCustomer(id: string, version: number, particulars: CustomerParticulars): Promise<CustomerView | null>;
}

/** Changes what is told of a customer; identity numbers are never changed. */
export async function amendCustomer(
  port: AmendCustomerPort,
  actor: Actor,
  command: { id: string; version: number; particulars: CustomerParticulars },
): Promise<Result<CustomerView, Problem>> {
  const before = await port.customer(command.id);
  if (before === null) return err(notFound({ zh: '客户', en: 'customer' }));
  if (before.homeUnitId === null || !mayActIn(actor, 'customer:write', before.homeUnitId)) return err(otherUnit());
  const faults = particularsFaults(command.particulars, actor);
  if (faults.length > 0) return err(invalidInput(faults));
  if (before.version !== command.version) return err(staleVersion(before.version));
  const after = await port.changeCustomer(command.id, command.version, command.particulars);
  if (after === null) return err(staleVersion(before.version + 1));
  await port.audit(
    auditOf(actor, 'customer:write', 'customer.amend', { kind: 'customer', id: after.id }, { before, after }),
  );
  return ok(after);
}
