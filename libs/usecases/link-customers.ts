import { err, ok, type Result } from 'neverthrow';
import { type Fault, fault, type Problem } from '../domain/problem.js';
import { type Actor, mayActInAny } from './actor.js';
import { futureDate, invalidInput, otherUnit, unknownRecord } from './problems.js';
import { auditOf, type RecordsPort } from './records.js';
import type { LinkView } from './views.js';

export interface LinkCustomers {
  readonly customerId: string;
  readonly otherCustomerId: string;
  readonly kind: 'spouse' | 'relative' | 'controller' | 'guarantor' | 'joint_guarantee';
  readonly from: string;
  readonly source: string;
}

export interface LinkCustomersPort extends RecordsPort {
  /** Those of `ids` that are customers, with their home unit. */
  knownCustomers(ids: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
  addLink(link: LinkCustomers): Promise<LinkView>;
}

/**
 * Records a link that papers prove (the source names them): it counts in the risk group at once (M2). One of the two is
 * a customer of the actor's unit.
 */
export async function linkCustomers(
  port: LinkCustomersPort,
  actor: Actor,
  command: LinkCustomers,
): Promise<Result<LinkView, Problem>> {
  const known = await port.knownCustomers([command.customerId, command.otherCustomerId]);
  const faults: Fault[] = [];
  if (!known.has(command.customerId)) faults.push(unknownRecord('/customerId', { zh: '客户', en: 'customer' }));
  if (!known.has(command.otherCustomerId))
    faults.push(unknownRecord('/otherCustomerId', { zh: '客户', en: 'customer' }));
  if (command.customerId === command.otherCustomerId) {
    faults.push(
      fault('/otherCustomerId', 'input.same-customer', {
        zh: '不能与自己关联',
        en: 'a customer is not linked to itself',
      }),
    );
  }
  if (command.from > actor.businessDate) faults.push(futureDate('/from'));
  if (faults.length > 0) return err(invalidInput(faults));
  if (!mayActInAny(actor, 'customer:write', known.values())) return err(otherUnit());
  const view = await port.addLink(command);
  await port.audit(
    auditOf(actor, 'customer:write', 'customer.link', { kind: 'customer', id: command.customerId }, { after: view }),
  );
  return ok(view);
}
