import { err, ok, type Result } from 'neverthrow';
import { type Fault, fault, type Problem } from '../domain/problem.js';
import { type Actor, mayActInAny } from './actor.js';
import { futureDate, householdTaken, invalidInput, otherUnit, unknownRecord } from './problems.js';
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
  /** Those of `ids` that are customers, with their home unit. */
  knownCustomers(ids: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
  householdCodeTaken(code: string): Promise<boolean>;
  addHousehold(household: RegisterHousehold): Promise<HouseholdView>;
}

/**
 * Registers a household with its dated members; for farmers the household is the borrower (M2). One of the members is a
 * customer of the actor's unit.
 */
export async function registerHousehold(
  port: RegisterHouseholdPort,
  actor: Actor,
  command: RegisterHousehold,
): Promise<Result<HouseholdView, Problem>> {
  const ids = command.members.map(({ customerId }) => customerId);
  const known = await port.knownCustomers(ids);
  const heads = command.members.filter(({ role }) => role === 'head').length;
  const faults = command.members.flatMap(({ customerId, from }, index) => [
    ...(known.has(customerId) ? [] : [unknownRecord(`/members/${index}/customerId`, { zh: '客户', en: 'customer' })]),
    ...(from > actor.businessDate ? [futureDate(`/members/${index}/from`)] : []),
    ...(ids.indexOf(customerId) < index ? [memberTwice(index)] : []),
  ]);
  if (heads > 1) faults.push(fault('/members', 'household.one-head', { zh: '一户只有一名户主', en: 'has one head' }));
  if (faults.length > 0) return err(invalidInput(faults));
  if (!mayActInAny(actor, 'customer:write', known.values())) return err(otherUnit());
  if (await port.householdCodeTaken(command.code)) return err(householdTaken());
  const view = await port.addHousehold(command);
  await port.audit(
    auditOf(actor, 'customer:write', 'household.register', { kind: 'household', id: view.id }, { after: view }),
  );
  return ok(view);
}

const memberTwice = (index: number): Fault =>
  fault(`/members/${index}/customerId`, 'household.member-twice', { zh: '同一成员重复', en: 'is a member already' });
