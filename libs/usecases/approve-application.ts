import { err, type Result } from 'neverthrow';
import { type Fault, fault, type Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { type AgreedTerms, type CaseCommand, type CasePort, type LoanCase, takeCase } from './loan-case.js';
import { moveCase } from './move-case.js';
import { invalidInput } from './problems.js';
import type { ApplicationView } from './views.js';

export interface ApprovePort extends CasePort {
  freezeTerms(loanCase: LoanCase, terms: AgreedTerms, at: Date): Promise<void>;
}

/** Approves, at most the sum and the term that deliberation carried; the terms are frozen, with conditions (G1). */
export async function approveApplication(
  port: ApprovePort,
  actor: Actor,
  command: CaseCommand & { terms: AgreedTerms; opinion: string },
): Promise<Result<ApplicationView, Problem>> {
  const taken = await takeCase(port, actor, command, 'approval', 'approve', { zh: '审批', en: 'approved' });
  if (taken.isErr()) return err(taken.error);
  const { loanCase, staffId, appointment } = taken.value;
  const { terms, opinion } = command;
  const faults = termFaults(loanCase, terms);
  if (faults.length > 0) return err(invalidInput(faults));
  await port.recordAct(
    loanCase,
    { post: 'approval', action: 'approve', staffId, appointmentId: appointment.id, opinion, content: terms },
    actor.at,
  );
  await port.freezeTerms(loanCase, terms, actor.at);
  return moveCase(port, actor, loanCase, 'approve', appointment.id, { approvedAmountFen: terms.amountFen });
}

function termFaults({ application, meeting }: LoanCase, terms: AgreedTerms): Fault[] {
  const faults: Fault[] = [];
  const deliberated = meeting?.outcome === 'carried' ? meeting.amountFen : 0;
  if (terms.amountFen > deliberated) {
    faults.push(
      fault('/terms/amountFen', 'approval.above-deliberated', {
        zh: '不得超过审议通过的金额',
        en: 'is above what deliberation carried',
      }),
    );
  }
  if (terms.termMonths > application.termMonths) {
    faults.push(
      fault('/terms/termMonths', 'approval.longer-than-asked', {
        zh: '不得长于申请期限',
        en: 'is longer than was asked and deliberated',
      }),
    );
  }
  return faults;
}
