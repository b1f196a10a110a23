import { err, ok, type Result } from 'neverthrow';
import { reviewersNeeded } from '../domain/authority.js';
import { standingActs } from '../domain/post-acts.js';
import { fault, type Problem, problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { type CaseCommand, type CasePort, takeCase } from './loan-case.js';
import { moveCase } from './move-case.js';
import { invalidInput } from './problems.js';
import type { ApplicationView } from './views.js';

/** What a reviewer finds complete; each item must be there. */
export const CHECKLIST = [
  'identity',
  'household',
  'incomeEvidence',
  'purposeEvidence',
  'bureauReport',
  'securityPapers',
] as const;
export type ChecklistItem = (typeof CHECKLIST)[number];

export interface ReviewPort extends CasePort {
  /** The route that today's exposure and authority give (G2). */
  routeToday(applicationId: string, on: string): Promise<'within' | 'over'>;
}

const unanswered = (count: number): Problem =>
  problem(
    'unprocessable',
    'review.findings-open',
    { zh: `还有 ${count} 项转审发现没有书面答复`, en: `${count} referred findings have no written answer yet` },
    { clause: 'M1' },
  );

const passedAlready = (): Problem =>
  problem(
    'conflict',
    'review.passed-already',
    { zh: '该岗位已通过审查，待另一审查人审查', en: 'this post has passed the review: the other reviewer is awaited' },
    { clause: 'G1.2' },
  );

const routeChanged = (): Problem =>
  problem(
    'conflict',
    'review.route-changed',
    {
      zh: '风险集团余额已超过本社权限，须退回由联社客户部调查',
      en: "with the risk group's exposure the loan is over the branch's authority now: send it back to investigation",
    },
    { clause: 'G1.2' },
  );

/**
 * Passes the review: everything on the checklist is there, every referred finding was answered, the route is still the
 * right one. Over authority it takes the vice-president and the head of the credit department (G1.2).
 */
export async function passReview(
  port: ReviewPort,
  actor: Actor,
  command: CaseCommand & { checklist: Readonly<Partial<Record<ChecklistItem, boolean>>>; opinion: string },
): Promise<Result<ApplicationView, Problem>> {
  const taken = await takeCase(port, actor, command, 'review', 'pass-review', { zh: '审查', en: 'reviewed' });
  if (taken.isErr()) return err(taken.error);
  const { loanCase, route, staffId, appointment } = taken.value;
  const passes = standingActs(loanCase.acts).filter(({ action }) => action === 'pass_review');
  const passed = passes.map(({ appointmentPost }) => appointmentPost);
  if (passed.includes(appointment.post) || passes.some((one) => one.staffId === staffId)) return err(passedAlready());
  const missing = CHECKLIST.filter((item) => command.checklist[item] !== true);
  if (missing.length > 0) {
    return err(
      invalidInput(
        missing.map((item) =>
          fault(`/checklist/${item}`, 'review.incomplete', {
            zh: '资料不齐，须退回补齐',
            en: 'is not there: send the file back for it',
          }),
        ),
      ),
    );
  }
  const open = loanCase.referrals.filter(({ answered }) => !answered).length;
  if (open > 0) return err(unanswered(open));
  if (route === 'within' && (await port.routeToday(loanCase.application.id, actor.businessDate)) === 'over')
    return err(routeChanged());
  const { checklist, opinion } = command;
  await port.recordAct(
    loanCase,
    { post: 'review', action: 'pass_review', staffId, appointmentId: appointment.id, opinion, content: { checklist } },
    actor.at,
  );
  const complete = reviewersNeeded(route).every((posts) =>
    posts.some((post) => post === appointment.post || passed.includes(post)),
  );
  if (complete) return moveCase(port, actor, loanCase, 'pass-review', appointment.id);
  await port.audit({
    actor,
    appointmentId: appointment.id,
    action: 'application.review-first',
    subjectKind: 'application',
    subjectId: loanCase.application.id,
  });
  return ok(loanCase.application);
}
