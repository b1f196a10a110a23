import { err, ok, type Result } from 'neverthrow';
import { type Instalment, instalmentPlan } from '../domain/instalment-plan.js';
import type { Problem } from '../domain/problem.js';
import type { FactSet } from '../rules/fact-value.js';
import type { Gates } from '../rules/gates.js';
import { type Actor, mayActIn } from './actor.js';
import {
  type CheckpointPort,
  checkAt,
  type DecisionRecord,
  type DecisionView,
  decisionRecord,
  decisionView,
} from './checkpoint.js';
import { actedElsewhere, type CaseCommand, type CasePort, caseFor, type LoanCase } from './loan-case.js';
import { notFound, otherUnit, staleVersion, wrongStage } from './problems.js';
import { factsOfCase } from './release-facts.js';
import { isAnswered, isWaived, type StandingAnswersPort } from './standing-answers.js';

export interface ReleasedLoan {
  readonly id: string;
  readonly loanNo: string;
  readonly amountFen: number;
  readonly instalments: readonly {
    readonly number: number;
    readonly dueOn: string;
    readonly principalFen: number;
    readonly interestFen: number;
  }[];
}

export interface ReleaseView {
  readonly decision: DecisionView;
  /** Null where the checkpoint held it: its findings say why. */
  readonly loan: ReleasedLoan | null;
}

export interface ReleasePort extends CasePort, CheckpointPort, StandingAnswersPort {
  /** Waits until no other release of the union is under way, until this transaction ends. */
  lockReleases(): Promise<void>;
  writeRelease(decision: DecisionRecord): Promise<boolean>;
  legalSignatureStands(applicationId: string): Promise<boolean>;
  addLoan(loanCase: LoanCase, plan: readonly Instalment[], on: string): Promise<{ id: string; loanNo: string }>;
}

/**
 * Releases a loan: everything is checked again, alone among the union's releases, in the transaction that writes the
 * loan, its plan and its outbox row (G1). The limits see what was released a moment before. What the checkpoint finds
 * is kept as a decision whether the loan goes or stays; a REFER finding lets it go once the post that its rule names has
 * answered that very finding, and a BLOCK while the post that its rule names for that waives it.
 */
export async function releaseLoan(
  port: ReleasePort,
  gates: Gates,
  actor: Actor,
  command: CaseCommand & { decisionId: string },
): Promise<Result<ReleaseView, Problem>> {
  await port.lockReleases();
  const found = await caseFor(port, command, 'release', { zh: '放款', en: 'released' });
  if (found.isErr()) return err(found.error);
  const loanCase = found.value;
  const { application, terms } = loanCase;
  if (!mayActIn(actor, 'loan:release', application.branchId)) return err(otherUnit());
  const theirs = loanCase.acts.find(({ staffId }) => staffId === actor.staffId);
  if (theirs !== undefined) return err(actedElsewhere(theirs.post));
  if (terms === null) return err(wrongStage(application.stage, { zh: '放款', en: 'released' }));
  const gathered = await port.gather(application.id, actor.businessDate);
  if (gathered === null) return err(notFound({ zh: '申请', en: 'application' }));
  const facts: FactSet = {
    ...gathered.facts,
    ...factsOfCase(loanCase, await port.legalSignatureStands(application.id), gathered, actor.businessDate),
  };
  const checked = await checkAt(port, gates, actor, 'release', gathered, facts, loanCase.bookHash);
  if (checked.isErr()) return err(checked.error);
  const answers = await port.standingAnswers(application.id, actor.businessDate);
  const goes = checked.value.outcome.findings.every(
    (finding) =>
      finding.verdict === 'WARN' ||
      (finding.verdict === 'REFER' && isAnswered(finding, answers)) ||
      isWaived(finding, 'release', answers),
  );
  const record = decisionRecord(command.decisionId, checked.value, actor, 'loan:release', {
    nextStage: goes ? 'released' : 'release',
    waitingFor: null,
    route: null,
  });
  if (!(await port.writeRelease(record))) return err(staleVersion(application.version + 1));
  const decision = decisionView(record);
  if (!goes) return ok({ decision, loan: null });
  const plan = instalmentPlan({ ...terms, principalFen: BigInt(terms.amountFen), issuedOn: actor.businessDate });
  const { id, loanNo } = await port.addLoan(loanCase, plan, actor.businessDate);
  await port.outbox('loan.released', { loanId: id, applicationId: application.id });
  const instalments = plan.map(({ number, dueOn, principalFen, interestFen }) => ({
    number,
    dueOn,
    principalFen: Number(principalFen),
    interestFen: Number(interestFen),
  }));
  return ok({ decision, loan: { id, loanNo, amountFen: terms.amountFen, instalments } });
}
