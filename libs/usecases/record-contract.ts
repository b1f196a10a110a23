import { err, type Result } from 'neverthrow';
import type { DocumentKind } from '../domain/document-kind.js';
import { type Fault, fault, type Problem } from '../domain/problem.js';
import { type Actor, actingAppointment, mayActIn } from './actor.js';
import type { DocumentView } from './add-document.js';
import { type CaseCommand, type CasePort, caseFor, type LoanCase } from './loan-case.js';
import { moveCase } from './move-case.js';
import { futureDate, invalidInput, otherUnit, unknownRecord } from './problems.js';
import type { ApplicationView } from './views.js';

export interface ContractRecord {
  readonly contractNo: string;
  readonly signedOn: string;
  /** Evidence for each condition of the approval, in its order. */
  readonly conditionsMet: readonly string[];
  /** The paper of this file that links the payee to the purpose: a sales contract, an invoice. */
  readonly purposeDocumentId: string | null;
}

export interface RecordContractPort extends CasePort {
  documents(applicationId: string): Promise<DocumentView[]>;
  addContract(loanCase: LoanCase, contract: ContractRecord, staffId: string, at: Date): Promise<void>;
}

/** Papers that show who is paid for what. */
const LINKING: readonly DocumentKind[] = ['purpose_evidence', 'contract'];

/** Records the signed contract and, for every condition of the approval, what shows that it is met. */
export async function recordContract(
  port: RecordContractPort,
  actor: Actor,
  command: CaseCommand & { contract: ContractRecord },
): Promise<Result<ApplicationView, Problem>> {
  const found = await caseFor(port, command, 'sign-contract', { zh: '签订合同', en: 'put under contract' });
  if (found.isErr()) return err(found.error);
  const loanCase = found.value;
  if (actor.staffId === null || !mayActIn(actor, 'contract:record', loanCase.application.branchId))
    return err(otherUnit());
  const { contract } = command;
  const faults: Fault[] = [];
  if (contract.signedOn > actor.businessDate) faults.push(futureDate('/signedOn'));
  if (contract.signedOn < loanCase.application.submittedOn) {
    faults.push(fault('/signedOn', 'input.dates', { zh: '早于申请日', en: 'is before the loan was applied for' }));
  }
  const conditions = loanCase.terms?.conditions.length ?? 0;
  if (contract.conditionsMet.length !== conditions) {
    faults.push(
      fault('/conditionsMet', 'contract.conditions', {
        zh: `审批附有 ${conditions} 项条件，须逐项说明`,
        en: `the approval has ${conditions} conditions: show each of them met`,
      }),
    );
  }
  const { purposeDocumentId } = contract;
  const papers = purposeDocumentId === null ? [] : await port.documents(command.id);
  if (purposeDocumentId !== null && !papers.some(({ id, kind }) => id === purposeDocumentId && LINKING.includes(kind)))
    faults.push(unknownRecord('/purposeDocumentId', { zh: '用途证明资料', en: 'paper that shows the purpose' }));
  if (faults.length > 0) return err(invalidInput(faults));
  await port.addContract(loanCase, contract, actor.staffId, actor.at);
  const appointmentId = actingAppointment(actor, 'contract:record', loanCase.application.branchId);
  return moveCase(port, actor, loanCase, 'sign-contract', appointmentId);
}
