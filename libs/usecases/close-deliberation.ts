import { err, type Result } from 'neverthrow';
import { carried, type DeliberationPolicy, quorumReached } from '../domain/deliberation.js';
import { type Problem, problem } from '../domain/problem.js';
import { contentHash } from '../rules/content-hash.js';
import type { Actor } from './actor.js';
import { attendMeeting, conflicted } from './attend-meeting.js';
import type { CasePort, LoanCase, Meeting } from './loan-case.js';
import { moveCase } from './move-case.js';
import { staleVersion } from './problems.js';
import type { ApplicationView } from './views.js';

export interface Minutes {
  readonly applicationId: string;
  readonly amountFen: number;
  readonly members: readonly { readonly staffId: string; readonly conflict: string | null }[];
  readonly votes: readonly { readonly staffId: string; readonly choice: string; readonly opinion: string }[];
  readonly remarks: string;
  readonly outcome: 'carried' | 'rejected';
}

export interface CloseDeliberationPort extends CasePort {
  /** Null where a parameter of it is missing or has run out. */
  deliberationPolicy(on: string): Promise<DeliberationPolicy | null>;
  closeMeeting(meetingId: string, minutes: Minutes, minutesHash: string, at: Date): Promise<void>;
}

const noPolicy = (): Problem =>
  problem(
    'unavailable',
    'policy.missing',
    { zh: '审议规则参数缺失或失效，不能结束审议', en: 'a parameter of deliberation is missing or has run out' },
    { clause: 'G1' },
  );
const noQuorum = (voted: number, members: number): Problem =>
  problem(
    'unprocessable',
    'deliberation.no-quorum',
    {
      zh: `成员 ${members} 人，仅 ${voted} 人表决，未达法定人数`,
      en: `${voted} of ${members} members have voted: no quorum`,
    },
    { clause: 'G1' },
  );

/** Closes the meeting with its minutes frozen: carried goes to approval, rejected ends the application (G1). */
export async function closeDeliberation(
  port: CloseDeliberationPort,
  actor: Actor,
  command: { id: string; version: number; remarks: string },
): Promise<Result<ApplicationView, Problem>> {
  const attended = await attendMeeting(port, actor, command.id);
  if (attended.isErr()) return err(attended.error);
  const { meeting, appointment, loanCase, staffId } = attended.value;
  if (meeting.members.some((one) => one.staffId === staffId && one.conflict !== null)) return err(conflicted());
  if (loanCase.application.version !== command.version) return err(staleVersion(loanCase.application.version));
  const policy = await port.deliberationPolicy(actor.businessDate);
  if (policy === null) return err(noPolicy());
  const votes = votesOf(loanCase, meeting);
  const ballot = { members: meeting.members.length, votes: votes.map(({ choice }) => choice) };
  if (!quorumReached(ballot, policy)) return err(noQuorum(votes.length, meeting.members.length));
  const outcome = carried(ballot, policy) ? 'carried' : 'rejected';
  const minutes: Minutes = {
    applicationId: loanCase.application.id,
    amountFen: meeting.amountFen,
    members: meeting.members,
    votes,
    remarks: command.remarks,
    outcome,
  };
  await port.recordAct(
    loanCase,
    { post: 'deliberation', action: 'close', staffId, appointmentId: appointment.id, opinion: command.remarks },
    actor.at,
  );
  await port.closeMeeting(meeting.id, minutes, contentHash(minutes), actor.at);
  return outcome === 'carried'
    ? moveCase(port, actor, loanCase, 'carry', appointment.id)
    : moveCase(port, actor, loanCase, 'reject', appointment.id, { closedReason: command.remarks });
}

const votesOf = ({ acts }: LoanCase, meeting: Meeting) =>
  acts.flatMap(({ deliberationId, staffId, choice, opinion }) =>
    deliberationId === meeting.id && choice !== null ? [{ staffId, choice, opinion }] : [],
  );
