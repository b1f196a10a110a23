import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import { type Actor, mayActIn } from './actor.js';
import { notFound } from './problems.js';
import { auditOf, type RecordsPort } from './records.js';

/** Kinds of personal data that are masked otherwise. */
export type Unmasked = 'identityNumber' | 'phone' | 'accounts';

/** Personal data in the clear; null where the customer has none. */
export interface PersonalData {
  readonly identityNumber?: string | null;
  readonly phone?: string | null;
  readonly accounts?: readonly string[];
}

export interface UnmaskPort extends RecordsPort {
  homeUnitOf(customerId: string): Promise<string | null>;
  personalData(customerId: string, wanted: readonly Unmasked[]): Promise<PersonalData>;
}

/** Shows personal data in the clear for a stated purpose. The trail keeps who, whose, which kinds and why; never the data. */
export async function unmaskCustomer(
  port: UnmaskPort,
  actor: Actor,
  command: { id: string; purpose: string; wanted: readonly Unmasked[] },
): Promise<Result<PersonalData, Problem>> {
  const { id, purpose, wanted } = command;
  const unitId = await port.homeUnitOf(id);
  if (unitId === null || !mayActIn(actor, 'personal-data:unmask', unitId))
    return err(notFound({ zh: '客户', en: 'customer' }));
  const data = await port.personalData(id, wanted);
  const after = { purpose, wanted };
  await port.audit(auditOf(actor, 'personal-data:unmask', 'customer.unmask', { kind: 'customer', id }, { after }));
  return ok(data);
}
