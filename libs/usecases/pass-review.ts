import { err, ok, type Result } from 'neverthrow';
import { reviewersNeeded } from '../domain/authority.js';
import { standingActs } from '../domain/post-acts.js';
import { fault, type Problem, problem } from '../domain/problem.js';
import type { Gates } from '../rules/gates.js';
import type { Actor } from './actor.js';
import { type CheckpointPort, checkAt } from './checkpoint.js';
import { type CaseCommand, type CasePort, type LoanCase, takeCase } from './loan-case.js';
import { moveCase } from './move-case.js';
import { invalidInput, notFound } from './problems.js';
import { auditOnCase } from './records.js';
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

export interface ReviewPort extends CasePort, CheckpointPort {}

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

const checkFirst = (): Problem =>
  problem(
    'conflict',
    'review.check-first',
    {
      zh: '尚未核查，或核查后情况有变，请重新核查',
      en: 'run the review check: it was not run yet, or would find something else now',
    },
    { clause: 'M1' },
  );

const blocked = (rules: readonly string[]): Problem =>
  problem(
    'unprocessable',
    'review.blocked',
    { zh: `核查未通过：${rules.join('、')}`, en: `the review check holds it: ${rules.join(', ')}` },
    { clause: 'M1' },
  );

/** What the check found stands, blocks nothing, and is answered; the route is still the right one. */
async function fitToPass(
  port: ReviewPort,
  gates: Gates,
  actor: Actor,
  loanCase: LoanCase,
): Promise<Result<null, Problem>> {
  const gathered = await port.gather(loanCase.application.id, actor.businessDate);
  if (gathered === null) return err(notFound({ zh: '申请', en: 'application' }));
  const checked = await checkAt(port, gates, actor, 'review', gathered, gathered.facts, loanCase.bookHash);
  if (checked.isErr()) return err(checked.error);
  if (loanCase.reviewCheck?.outcomeHash !== checked.value.outcome.hash) return err(checkFirst());
  const blocking = loanCase.blocks.filter(({ checkpoint, answered }) => checkpoint === 'review' && !answered);
  if (blocking.length > 0) return err(blocked(blocking.map(({ ruleId }) => ruleId)));
  const open = loanCase.referrals.filter(({ checkpoint, answered }) => checkpoint !== 'release' && !answered).length;
  if (open > 0) return err(unanswered(open));
  return loanCase.route === 'within' && gathered.route === 'over' ? err(routeChanged()) : ok(null);
}

/**
 * Passes the review: everything on the checklist is there, the review's check blocks nothing, every referred finding
 * was answered, the route is still the right one. Over authority it takes the vice-president and the head of the credit
 * department (G1.2).
 */
export async function passReview(
  port: ReviewPort,
  gates: Gates,
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
  const fit = await fitToPass(port, gates, actor, loanCase);
  if (fit.isErr()) return err(fit.error);
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
  await port.audit(auditOnCase(actor, appointment.id, 'application.review-first', loanCase.application.id));
  return ok(loanCase.application);
}
