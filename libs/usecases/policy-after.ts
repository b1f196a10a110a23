import { err, ok, type Result } from 'neverthrow';
import { type Fault, fault, type Problem } from '../domain/problem.js';
import type { DraftSource } from '../rules/read-draft.js';
import type { ParameterChange, Rule } from '../rules/rule-format.js';
import type { Actor } from './actor.js';
import type { BookInForce } from './deciding-books.js';
import { invalidInput, notFound } from './problems.js';
import { type RuleDraftPort, readForDay } from './rule-drafts.js';

export interface ReadPolicyPort extends Pick<RuleDraftPort, 'knownParameters' | 'parameterValues'> {
  draftSource(id: string): Promise<DraftSource | null>;
}

/** What the policy after is made from: a draft, rules as a draft has them, or the book in force; with parameters set. */
export interface PolicyRequest {
  readonly draftId: string | null;
  readonly content: Readonly<Record<string, unknown>> | null;
  readonly set: Readonly<Record<string, number | string | boolean>>;
  readonly on: string;
}

export interface PolicyAfter {
  readonly hash: string;
  readonly rules: readonly Rule[];
  readonly values: Readonly<Record<string, number | string | boolean>>;
}

const begun = ({ from, to }: ParameterChange, on: string): boolean => from <= on && (to === null || to >= on);

const notInForce = ({ key, from }: ParameterChange, on: string): Fault =>
  fault('/on', 'impact.change-not-in-force', {
    zh: `草案对 ${key} 的修改自 ${from} 起生效，${on} 尚未或不再生效`,
    en: `the draft changes ${key} from ${from}, which is not in force on ${on}: ask for a day on which it is`,
  });

/** The policy after, as it would be in force on a day. A change of the draft's that would not be is a fault. */
export async function policyAfter(
  port: ReadPolicyPort,
  actor: Actor,
  { book, parameters }: BookInForce,
  { draftId, content, set, on }: PolicyRequest,
): Promise<Result<PolicyAfter, Problem>> {
  const given = content === null ? null : { content, parameters: [], cases: [] };
  const source = draftId === null ? given : await port.draftSource(draftId);
  if (source === null) {
    if (draftId !== null) return err(notFound({ zh: '规则草案', en: 'draft of rules' }));
    return ok({ hash: book.hash, rules: book.rules, values: { ...parameters.values, ...set } });
  }
  const read = await readForDay(port, actor, source, on);
  if (read.isErr()) return err(read.error);
  const { book: own, changes } = read.value;
  const late = changes.filter((change) => !begun(change, on));
  if (late.length > 0) return err(invalidInput(late.map((change) => notInForce(change, on))));
  const { hash, rules } = own ?? book;
  const changed = Object.fromEntries(changes.map(({ key, value }) => [key, value]));
  return ok({ hash, rules, values: { ...parameters.values, ...changed, ...set } });
}
