import { err, ok, type Result } from 'neverthrow';
import { type Fault, fault, type Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { futureDate, invalidInput, notFound } from './problems.js';
import { auditOf, type RecordsPort } from './records.js';
import type { ConsentView } from './views.js';

export interface RecordConsent {
  readonly customerId: string;
  readonly purpose: string;
  readonly signedOn: string;
  readonly expiresOn: string;
  readonly evidence: string;
}

export interface RecordConsentPort extends RecordsPort {
  /** Those of `ids` that are customers, with their home unit. */
  knownCustomers(ids: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
  addConsent(consent: RecordConsent, staffId: string | null): Promise<ConsentView>;
}

/**
 * Records the customer's signed consent to a bureau query, with its purpose (M2). A customer signs where the loan is
 * asked for, which need not be the home unit: who recorded it is kept.
 */
export async function recordConsent(
  port: RecordConsentPort,
  actor: Actor,
  command: RecordConsent,
): Promise<Result<ConsentView, Problem>> {
  const known = await port.knownCustomers([command.customerId]);
  if (!known.has(command.customerId)) return err(notFound({ zh: '客户', en: 'customer' }));
  const faults: Fault[] = [];
  if (command.signedOn > actor.businessDate) faults.push(futureDate('/signedOn'));
  if (command.expiresOn < command.signedOn) {
    faults.push(fault('/expiresOn', 'input.dates', { zh: '失效日早于签署日', en: 'expires before it was signed' }));
  }
  if (faults.length > 0) return err(invalidInput(faults));
  const view = await port.addConsent(command, actor.staffId);
  await port.audit(
    auditOf(actor, 'consent:write', 'bureau.consent', { kind: 'customer', id: command.customerId }, { after: view }),
  );
  return ok(view);
}
