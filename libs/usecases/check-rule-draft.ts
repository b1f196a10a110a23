import { err, ok, type Result } from 'neverthrow';
import { type Problem, problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { auditOf } from './records.js';
import { type DraftCommand, type RuleDraftPort, type RuleDraftView, takeDraft, wordOf } from './rule-drafts.js';

const byOneAlone = (): Problem =>
  problem(
    'forbidden',
    'draft.own',
    { zh: '经办人不得复核自己的草案', en: 'nobody checks what they made: another person does' },
    { clause: 'M3' },
  );

const makerOffPost = (): Problem =>
  problem(
    'unprocessable',
    'draft.maker-off-post',
    { zh: '经办人已不在岗，须由在岗人员重新提交', en: 'its maker is not on post today: somebody on post submits it' },
    { clause: 'M3' },
  );

/** Checks a submitted draft: by another person of the compliance post, both on post that day. */
export async function checkRuleDraft(
  port: RuleDraftPort,
  actor: Actor,
  command: DraftCommand & { opinion: string },
): Promise<Result<RuleDraftView, Problem>> {
  const taken = await takeDraft(port, command, 'check');
  if (taken.isErr()) return err(taken.error);
  const { view: before, next } = taken.value;
  if (before.makerId === actor.staffId) return err(byOneAlone());
  if (!(await port.onPost(before.makerId, 'compliance_maker', actor.businessDate))) return err(makerOffPost());
  const after = await port.step(before.id, next, {
    checker_id: actor.staffId,
    checked_at: actor.at,
    check_opinion: command.opinion,
  });
  const subject = { kind: 'rule_draft', id: before.id };
  await port.audit(auditOf(actor, 'rules:check', 'rules.check', subject, { before, after }));
  await port.outbox('rules.checked', wordOf(actor, before));
  return ok(after);
}
