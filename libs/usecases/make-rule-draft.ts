import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import type { DraftSource } from '../rules/read-draft.js';
import type { Actor } from './actor.js';
import { notFound } from './problems.js';
import { auditOf } from './records.js';
import type { RuleDraftPort, RuleDraftView } from './rule-drafts.js';

export interface MakeRuleDraftPort extends RuleDraftPort {
  /** A published book as it is kept; null where there is none of that address. */
  bookContent(hash: string): Promise<Readonly<Record<string, unknown>> | null>;
  addDraft(
    title: string,
    source: DraftSource,
    rollbackOf: string | null,
    makerId: string | null,
    at: Date,
  ): Promise<RuleDraftView>;
}

/**
 * Begins a draft: a book, changes of parameters, or both; or the book of an earlier publication, to go back to it.
 * Nothing of it is judged before it is submitted.
 */
export async function makeRuleDraft(
  port: MakeRuleDraftPort,
  actor: Actor,
  command: DraftSource & { title: string; rollbackOf: string | null },
): Promise<Result<RuleDraftView, Problem>> {
  const { title, rollbackOf, parameters, cases } = command;
  const content = rollbackOf === null ? command.content : await port.bookContent(rollbackOf);
  if (rollbackOf !== null && content === null) return err(notFound({ zh: '规则书', en: 'rule book' }));
  const draft = await port.addDraft(title, { content, parameters, cases }, rollbackOf, actor.staffId, actor.at);
  const subject = { kind: 'rule_draft', id: draft.id };
  await port.audit(auditOf(actor, 'rules:make', 'rules.draft', subject, { after: draft }));
  return ok(draft);
}
