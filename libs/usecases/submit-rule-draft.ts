import { err, ok, type Result } from 'neverthrow';
import { fault, type Problem } from '../domain/problem.js';
import { bookContent } from '../rules/book.js';
import type { Actor } from './actor.js';
import { invalidInput } from './problems.js';
import { auditOf } from './records.js';
import {
  type DraftCommand,
  type RuleDraftPort,
  type RuleDraftView,
  readForDay,
  takeOwnDraft,
  wordOf,
} from './rule-drafts.js';

/**
 * Submits a draft to be checked, for a day: it is linted and its cases are run, and with one fault it stays where it is.
 * Rules and parameters are never in force for days gone by.
 */
export async function submitRuleDraft(
  port: RuleDraftPort,
  actor: Actor,
  command: DraftCommand & { effectiveFrom: string },
): Promise<Result<RuleDraftView, Problem>> {
  const taken = await takeOwnDraft(port, actor, command, 'submit');
  if (taken.isErr()) return err(taken.error);
  const { effectiveFrom } = command;
  if (effectiveFrom < actor.businessDate) {
    const text = { zh: '不得追溯生效', en: 'rules are not in force for days gone by' };
    return err(invalidInput([fault('/effectiveFrom', 'draft.past', text)]));
  }
  const { view: before, source, next } = taken.value;
  const read = await readForDay(port, actor, source, effectiveFrom);
  if (read.isErr()) return err(read.error);
  const { book } = read.value;
  const after = await port.step(before.id, next, {
    ...(book === null ? {} : { content: bookContent(book) }), // as it is kept, and addressed
    hash: book?.hash ?? null,
    effective_from: effectiveFrom,
    submitted_at: actor.at,
  });
  const subject = { kind: 'rule_draft', id: before.id };
  await port.audit(auditOf(actor, 'rules:make', 'rules.submit', subject, { before, after }));
  await port.outbox('rules.submitted', wordOf(actor, before));
  return ok(after);
}
