import { err, ok, type Result } from 'neverthrow';
import type { CivilDate } from '../domain/civil-date.js';
import { type Fault, fault, type Problem } from '../domain/problem.js';
import { bookContent } from '../rules/book.js';
import { lintDraft } from '../rules/lint/lint-draft.js';
import type { DraftSource } from '../rules/read-draft.js';
import type { Parameter } from '../rules/rule-format.js';
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

export interface SubmitRuleDraftPort extends RuleDraftPort {
  /** Every value of a parameter with its dates. */
  datedParameters(): Promise<Parameter[]>;
}

/**
 * Submits a draft to be checked, for a day: it is linted and its cases are run, and with one fault or one error of lint it stays
 * where it is. Rules and parameters are never in force for days gone by.
 */
export async function submitRuleDraft(
  port: SubmitRuleDraftPort,
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
  const again = read.isOk() && read.value.book?.hash === before.rollbackOf;
  // A book that was in force comes back as it was: neither its cases nor what lint has learnt since keep it out.
  const errors = again ? [] : await lintErrors(port, source, effectiveFrom);
  if (read.isErr()) return err(invalidInput(withoutTwins([...read.error.faults, ...errors])));
  if (errors.length > 0) return err(invalidInput(errors));
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

/** What lint says of a draft's book by the parameters of its day, warnings apart. */
async function lintErrors(port: SubmitRuleDraftPort, { content, ...rest }: DraftSource, on: string): Promise<Fault[]> {
  if (content === null) return [];
  const messages = lintDraft({ content, ...rest }, await port.datedParameters(), on as CivilDate);
  return messages.filter(({ level }) => level === 'error').map(({ path, code, text }) => fault(path, code, text));
}

/** What keeps a book from loading is told by lint too. */
const withoutTwins = (faults: readonly Fault[]): Fault[] => [
  ...new Map(faults.map((one) => [`${one.path} ${one.code}`, one])).values(),
];
