import { err, ok, type Result } from 'neverthrow';
import type { AuthorityRoute } from '../domain/authority.js';
import { type Problem, problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { type CaseCommand, type CasePort, type LoanCase, takeCase } from './loan-case.js';
import { auditOnCase } from './records.js';

export interface MeetingView {
  readonly id: string;
  readonly applicationId: string;
  readonly amountFen: number;
  readonly members: number;
}

export interface ConvenePort extends CasePort {
  /** Members of the group in force: the branch's deliberation group, or the union's approval group. */
  groupMembers(route: AuthorityRoute, branchId: string, on: string): Promise<readonly string[]>;
  openMeeting(loanCase: LoanCase, convenedById: string, members: readonly string[], at: Date): Promise<string>;
}

const CONVENED = '召集审议会';

const alreadyConvened = (): Problem =>
  problem(
    'conflict',
    'deliberation.convened',
    { zh: '本轮审议会已召集', en: 'the meeting of this round has been convened' },
    { clause: 'G1' },
  );

/** Convenes the group that deliberates on the loan: its members of today, whoever handled the loan without a vote. */
export async function conveneDeliberation(
  port: ConvenePort,
  actor: Actor,
  command: CaseCommand,
): Promise<Result<MeetingView, Problem>> {
  const taken = await takeCase(port, actor, command, 'deliberation', 'carry', { zh: '审议', en: 'deliberated on' });
  if (taken.isErr()) return err(taken.error);
  const { loanCase, route, staffId, appointment } = taken.value;
  const { application } = loanCase;
  if (loanCase.meeting !== null && loanCase.meeting.round === loanCase.round) return err(alreadyConvened());
  const members = await port.groupMembers(route, application.branchId, actor.businessDate);
  const id = await port.openMeeting(loanCase, staffId, members, actor.at);
  await port.recordAct(
    loanCase,
    { post: 'deliberation', action: 'convene', staffId, appointmentId: appointment.id, opinion: CONVENED },
    actor.at,
  );
  await port.audit(
    auditOnCase(actor, appointment.id, 'deliberation.convene', application.id, {
      meetingId: id,
      members: members.length,
    }),
  );
  return ok({ id, applicationId: application.id, amountFen: application.amountFen, members: members.length });
}
