import { err, ok, type Result } from 'neverthrow';
import { type Problem, problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { type CasePort, entitled, type Meeting, type TakenCase } from './loan-case.js';
import { notFound } from './problems.js';

export interface AttendedMeeting extends TakenCase {
  readonly meeting: Meeting;
}

const closed = (): Problem =>
  problem(
    'conflict',
    'deliberation.closed',
    { zh: '审议会已结束，会议记录不得更改', en: 'the meeting is closed and its minutes are frozen' },
    { clause: 'G1' },
  );
const noMember = (): Problem =>
  problem(
    'forbidden',
    'deliberation.no-member',
    { zh: '您不是本次审议会成员', en: 'you are no member of this meeting' },
    { clause: 'G1' },
  );

export const conflicted = (): Problem =>
  problem(
    'forbidden',
    'deliberation.conflict',
    { zh: '已申报回避，不得参与', en: 'who declared a conflict takes no part' },
    { clause: 'G1' },
  );

/** An open meeting of an application that the actor is a member of. */
export async function attendMeeting(
  port: CasePort,
  actor: Actor,
  applicationId: string,
): Promise<Result<AttendedMeeting, Problem>> {
  const loanCase = await port.loanCase(applicationId);
  if (loanCase === null || loanCase.meeting === null) return err(notFound({ zh: '审议会', en: 'meeting' }));
  const { meeting } = loanCase;
  if (meeting.closed || meeting.round !== loanCase.round || loanCase.application.stage !== 'deliberation')
    return err(closed());
  return entitled(loanCase, actor, 'deliberation').andThen((taken) =>
    meeting.members.some(({ staffId }) => staffId === taken.staffId) ? ok({ ...taken, meeting }) : err(noMember()),
  );
}
