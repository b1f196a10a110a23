import { err, ok, type Result } from 'neverthrow';
import { type Problem, problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { attendMeeting, conflicted } from './attend-meeting.js';
import type { CasePort } from './loan-case.js';
import { auditOnCase } from './records.js';

const votedAlready = (): Problem =>
  problem('conflict', 'deliberation.voted', { zh: '已投票', en: 'has voted already' }, { clause: 'G1' });

/** A member votes, with an opinion. */
export async function castVote(
  port: CasePort,
  actor: Actor,
  command: { id: string; choice: 'support' | 'oppose' | 'abstain'; opinion: string },
): Promise<Result<{ meetingId: string; choice: string }, Problem>> {
  const attended = await attendMeeting(port, actor, command.id);
  if (attended.isErr()) return err(attended.error);
  const { meeting, staffId, appointment, loanCase } = attended.value;
  if (meeting.members.some((one) => one.staffId === staffId && one.conflict !== null)) return err(conflicted());
  if (loanCase.acts.some((act) => act.deliberationId === meeting.id && act.staffId === staffId))
    return err(votedAlready());
  const { choice, opinion } = command;
  await port.recordAct(
    loanCase,
    {
      post: 'deliberation',
      action: 'vote',
      staffId,
      appointmentId: appointment.id,
      opinion,
      deliberationId: meeting.id,
      choice,
    },
    actor.at,
  );
  await port.audit(
    auditOnCase(actor, appointment.id, 'deliberation.vote', command.id, { meetingId: meeting.id, choice }),
  );
  return ok({ meetingId: meeting.id, choice });
}
