import { err, ok, type Result } from 'neverthrow';
import { type Problem, problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { attendMeeting } from './attend-meeting.js';
import type { CasePort } from './loan-case.js';
import { auditOnCase } from './records.js';

export interface ConflictPort extends CasePort {
  declareConflict(meetingId: string, staffId: string, reason: string): Promise<void>;
}

const votedAlready = (): Problem =>
  problem(
    'conflict',
    'deliberation.voted',
    { zh: '已投票，不得再申报回避', en: 'who has voted cannot declare a conflict any more' },
    { clause: 'G1' },
  );

/** A member declares a conflict of interest and votes no more (回避). */
export async function declareConflict(
  port: ConflictPort,
  actor: Actor,
  command: { id: string; reason: string },
): Promise<Result<{ meetingId: string }, Problem>> {
  const attended = await attendMeeting(port, actor, command.id);
  if (attended.isErr()) return err(attended.error);
  const { meeting, staffId, appointment, loanCase } = attended.value;
  if (loanCase.acts.some((act) => act.deliberationId === meeting.id && act.staffId === staffId))
    return err(votedAlready());
  await port.declareConflict(meeting.id, staffId, command.reason);
  await port.audit(
    auditOnCase(actor, appointment.id, 'deliberation.conflict', command.id, {
      meetingId: meeting.id,
      reason: command.reason,
    }),
  );
  return ok({ meetingId: meeting.id });
}
