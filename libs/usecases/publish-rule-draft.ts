import { err, ok, type Result } from 'neverthrow';
import { type Problem, problem } from '../domain/problem.js';
import { parameterText } from '../rules/parameter-text.js';
import { publicationText } from '../rules/publication-text.js';
import type { ParameterChange } from '../rules/rule-format.js';
import type { Actor } from './actor.js';
import { auditOf } from './records.js';
import {
  type DraftCommand,
  type RuleDraftPort,
  type RuleDraftView,
  readForDay,
  takeDraft,
  wordOf,
} from './rule-drafts.js';

export interface Signed {
  readonly signature: string;
  readonly publicKey: string;
}

/** Signs a text with the installation's key for rule books. */
export type SignRules = (text: string) => Signed;

export interface PublishRuleDraftPort extends RuleDraftPort {
  /** Puts the book of a checked draft in force from its day; a book that was published before is not kept twice. */
  publishBook(draftId: string, signed: Signed, at: Date): Promise<void>;
  /** Ends what was in force the day before, and what had not begun before it begins. */
  changeParameter(draftId: string, change: ParameterChange, signed: Signed, at: Date): Promise<void>;
}

const tooLate = (): Problem =>
  problem(
    'conflict',
    'draft.late',
    { zh: '生效日已过，须退回后另定生效日', en: 'its day has passed: return it, and submit it for another day' },
    { clause: 'M3' },
  );

/**
 * Publishes a checked draft: its book is in force from its day, signed, and kept by its address for good; its parameters
 * change. A book that was published before is published again: to go back is a new publication.
 */
export async function publishRuleDraft(
  port: PublishRuleDraftPort,
  sign: SignRules,
  actor: Actor,
  command: DraftCommand,
): Promise<Result<RuleDraftView, Problem>> {
  const taken = await takeDraft(port, command, 'publish');
  if (taken.isErr()) return err(taken.error);
  const { view: before, source, next } = taken.value;
  const { id, hash, effectiveFrom, makerId, checkerId } = before;
  if (effectiveFrom === null || checkerId === null || effectiveFrom < actor.businessDate) return err(tooLate());
  const read = await readForDay(port, actor, source, effectiveFrom);
  if (read.isErr()) return err(read.error);
  const { unionId } = actor;
  if (hash !== null)
    await port.publishBook(
      id,
      sign(publicationText({ unionId, bookHash: hash, effectiveFrom, makerId, checkerId })),
      actor.at,
    );
  for (const change of read.value.changes) {
    const signed = sign(parameterText({ unionId, draftId: id, makerId, checkerId, change }));
    await port.changeParameter(id, change, signed, actor.at);
  }
  const after = await port.step(id, next, { published_by_id: actor.staffId, published_at: actor.at });
  const subject = { kind: 'rule_draft', id };
  const changes = { before, after: { ...after, parameters: read.value.changes } };
  await port.audit(auditOf(actor, 'rules:publish', 'rules.publish', subject, changes));
  await port.outbox('rules.published', wordOf(actor, before));
  return ok(after);
}
