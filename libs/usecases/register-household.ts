import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { futureDate, householdTaken, invalidInput, unknownRecord } from './problems.js';
import { auditOf, type RecordsPort } from './records.js';
import type { HouseholdView } from './views.js';

export interface RegisterHousehold {
  readonly code: string;
  readonly members: readonly {
    readonly customerId: string;
    readonly role: 'head' | 'spouse' | 'child' | 'parent' | 'other';
    readonly from: string;
  }[];
}

export interface RegisterHouseholdPort extends RecordsPort {
  knownCustomers(ids: readonly string[]): Promise<ReadonlySet<string>>;
  householdCodeTaken(code: string): Promise<boolean>;
  addHousehold(household: RegisterHousehold): Promise<HouseholdView>;
}

/** Registers a household with its dated members; for farmers the household is the borrower (M2). */
export async function registerHousehold(
  port: RegisterHouseholdPort,
  actor: Actor,
  command: RegisterHousehold,
): Promise<Result<HouseholdView, Problem>> {
  const known = await port.knownCustomers(command.members.map(({ customerId }) => customerId));
  const faults = command.members.flatMap(({ customerId, from }, index) => [
    ...(known.has(customerId) ? [] : [unknownRecord(`/members/${index}/customerId`, { zh: '客户', en: 'customer' })]),
    ...(from > actor.businessDate ? [futureDate(`/members/${index}/from`)] : []),
  ]);
  if (faults.length > 0) return err(invalidInput(faults));
  if (await port.householdCodeTaken(command.code)) return err(householdTaken());
  const view = await port.addHousehold(command);
  await port.audit(
    auditOf(actor, 'customer:write', 'household.register', { kind: 'household', id: view.id }, { after: view }),
  );
  return ok(view);
}
