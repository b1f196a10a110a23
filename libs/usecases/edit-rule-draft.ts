import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import type { DraftSource } from '../rules/read-draft.js';
import type { Actor } from './actor.js';
import { auditOf } from './records.js';
import { type DraftCommand, type RuleDraftPort, type RuleDraftView, takeOwnDraft } from './rule-drafts.js';

/** Changes a draft that is not submitted, or was returned: its maker alone does. */
export async function editRuleDraft(
  port: RuleDraftPort,
  actor: Actor,
  command: DraftCommand & DraftSource & { title: string },
): Promise<Result<RuleDraftView, Problem>> {
  const taken = await takeOwnDraft(port, actor, command, 'edit');
  if (taken.isErr()) return err(taken.error);
  const { title, content, parameters, cases } = command;
  const { view: before, next } = taken.value;
  const after = await port.step(before.id, next, { title, content, parameters, cases });
  const subject = { kind: 'rule_draft', id: before.id };
  await port.audit(auditOf(actor, 'rules:make', 'rules.edit', subject, { before, after }));
  return ok(after);
}
