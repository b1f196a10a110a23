import { err, ok, type Result } from 'neverthrow';
import { type Fault, fault, type Problem } from '../domain/problem.js';
import { type Actor, mayActIn } from './actor.js';
import { invalidInput, otherUnit, unknownRecord } from './problems.js';
import { auditOf, type RecordsPort } from './records.js';
import type { ApplicationView } from './views.js';

export interface SubmitApplication {
  readonly branchId: string;
  readonly customerId: string;
  readonly productCode: string;
  readonly amountFen: number;
  readonly termMonths: number;
  readonly monthlyInstalmentFen?: number | undefined;
  readonly purpose: string;
  readonly guarantorIds: readonly string[];
  readonly exception?: { readonly clause: string; readonly papers: readonly string[] } | undefined;
}

export interface SubmitApplicationPort extends RecordsPort {
  lendingUnit(id: string): Promise<{ open: boolean } | null>;
  productInForce(code: string, on: string): Promise<string | null>;
  /** Those of `ids` that are customers, with their home unit. */
  knownCustomers(ids: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
  addApplication(application: SubmitApplication & { productId: string }, actor: Actor): Promise<ApplicationView>;
}

/** Takes an application in: it stands at intake until the checkpoint has been run (M2). */
export async function submitApplication(
  port: SubmitApplicationPort,
  actor: Actor,
  command: SubmitApplication,
): Promise<Result<ApplicationView, Problem>> {
  const known = await port.knownCustomers([command.customerId, ...command.guarantorIds]);
  const unit = await port.lendingUnit(command.branchId);
  const productId = await port.productInForce(command.productCode, actor.businessDate);
  const faults: Fault[] = [];
  if (unit === null) faults.push(unknownRecord('/branchId', { zh: '机构', en: 'unit' }));
  else if (!unit.open)
    faults.push(fault('/branchId', 'unit.closed', { zh: '该机构不办理贷款', en: 'this unit does not lend' }));
  if (productId === null) faults.push(unknownRecord('/productCode', { zh: '在用品种', en: 'product in force' }));
  if (!known.has(command.customerId)) faults.push(unknownRecord('/customerId', { zh: '客户', en: 'customer' }));
  command.guarantorIds.forEach((id, index) => {
    if (!known.has(id)) faults.push(unknownRecord(`/guarantorIds/${index}`, { zh: '客户', en: 'customer' }));
    if (id === command.customerId) {
      faults.push(
        fault(`/guarantorIds/${index}`, 'input.own-guarantor', {
          zh: '借款人不能为自己担保',
          en: 'nobody guarantees for himself',
        }),
      );
    }
  });
  if (faults.length > 0 || productId === null) return err(invalidInput(faults));
  if (!mayActIn(actor, 'application:submit', command.branchId)) return err(otherUnit());
  const view = await port.addApplication({ ...command, productId }, actor);
  await port.audit(
    auditOf(actor, 'application:submit', 'application.submit', { kind: 'application', id: view.id }, { after: view }),
  );
  await port.outbox('application.submitted', { applicationId: view.id });
  return ok(view);
}
