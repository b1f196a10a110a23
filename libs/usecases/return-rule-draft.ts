import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { auditOf } from './records.js';
import { type DraftCommand, type RuleDraftPort, type RuleDraftView, takeDraft, wordOf } from './rule-drafts.js';

/** Nothing of a submission or a check stands once a draft is returned. */
const UNDONE = {
  hash: null,
  effective_from: null,
  submitted_at: null,
  checker_id: null,
  checked_at: null,
  check_opinion: null,
};

/** Returns a submitted or checked draft to its maker with a reason; its maker may take it back so too. */
export async function returnRuleDraft(
  port: RuleDraftPort,
  actor: Actor,
  command: DraftCommand & { reason: string },
): Promise<Result<RuleDraftView, Problem>> {
  const taken = await takeDraft(port, command, 'return');
  if (taken.isErr()) return err(taken.error);
  const { view: before, next } = taken.value;
  const returned = { returned_by_id: actor.staffId, returned_at: actor.at, return_reason: command.reason };
  const after = await port.step(before.id, next, { ...UNDONE, ...returned });
  const subject = { kind: 'rule_draft', id: before.id };
  await port.audit(auditOf(actor, 'rules:publish', 'rules.return', subject, { before, after }));
  await port.outbox('rules.returned', wordOf(actor, before));
  return ok(after);
}
