import { err, type Result } from 'neverthrow';
import { otherPostOf } from '../domain/post-acts.js';
import { type Fault, fault, type Problem, problem } from '../domain/problem.js';
import type { ActiveAppointment, Actor } from './actor.js';
import { actedElsewhere, appointmentFor, type CaseCommand, type CasePort, takeCase } from './loan-case.js';
import { moveCase } from './move-case.js';
import { futureDate, invalidInput } from './problems.js';
import type { ApplicationView } from './views.js';

export interface InvestigationReport {
  readonly visitedOn: string;
  readonly place: string;
  /** The second person on site, where policy asks for two. */
  readonly accompaniedById?: string | undefined;
  readonly monthlyIncomeFen: number;
  readonly purposeVerified: boolean;
  /** Archive numbers or SHA-256 of the evidence. */
  readonly evidence: readonly string[];
  readonly recommendation: 'support' | 'oppose';
  readonly opinion: string;
}

export interface InvestigatePort extends CasePort {
  appointmentsOf(staffId: string, on: string): Promise<readonly ActiveAppointment[]>;
  /** From this sum on two people go on site; null where no parameter is in force. */
  pairOnSiteFromFen(on: string): Promise<number | null>;
}

const pairNeeded = (): Problem =>
  problem(
    'unprocessable',
    'investigation.two-on-site',
    { zh: '本金额须双人实地调查', en: 'a loan of this sum is investigated on site by two people' },
    { clause: 'G1' },
  );

/** Files the investigation's report: on site, by two people where policy says so, with evidence (G1). */
export async function investigateApplication(
  port: InvestigatePort,
  actor: Actor,
  command: CaseCommand & { report: InvestigationReport },
): Promise<Result<ApplicationView, Problem>> {
  const taken = await takeCase(port, actor, command, 'investigation', 'investigate', {
    zh: '调查',
    en: 'investigated',
  });
  if (taken.isErr()) return err(taken.error);
  const { loanCase, route, staffId, appointment } = taken.value;
  const { report } = command;
  const faults: Fault[] = [];
  if (report.visitedOn > actor.businessDate) faults.push(futureDate('/visitedOn'));
  if (report.accompaniedById === staffId)
    faults.push(
      fault('/accompaniedById', 'investigation.alone', { zh: '双人调查须为两人', en: 'two people are two people' }),
    );
  if (faults.length > 0) return err(invalidInput(faults));
  const pairFrom = await port.pairOnSiteFromFen(actor.businessDate);
  const { amountFen, branchId } = loanCase.application;
  if (report.accompaniedById === undefined && (pairFrom === null || amountFen >= pairFrom)) return err(pairNeeded());
  const { opinion, ...content } = report;
  await port.recordAct(
    loanCase,
    { post: 'investigation', action: 'investigate', staffId, appointmentId: appointment.id, opinion, content },
    actor.at,
  );
  if (report.accompaniedById !== undefined) {
    const other = otherPostOf(loanCase.acts, report.accompaniedById, 'investigation');
    if (other !== null) return err(actedElsewhere(other));
    const theirs = appointmentFor(
      await port.appointmentsOf(report.accompaniedById, actor.businessDate),
      route,
      'investigation',
      branchId,
    );
    if (theirs === undefined) {
      return err(
        invalidInput([
          fault('/accompaniedById', 'post.not-held', {
            zh: '同行人没有有效的调查岗聘任',
            en: 'holds no investigation post here today',
          }),
        ]),
      );
    }
    await port.recordAct(
      loanCase,
      {
        post: 'investigation',
        action: 'accompany',
        staffId: report.accompaniedById,
        appointmentId: theirs.id,
        opinion,
        content: { withStaffId: staffId },
      },
      actor.at,
    );
  }
  return moveCase(port, actor, loanCase, 'investigate', appointment.id);
}
