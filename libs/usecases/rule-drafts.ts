import { err, ok, type Result } from 'neverthrow';
import type { Post } from '../domain/post.js';
import { type Problem, problem } from '../domain/problem.js';
import { type DraftEvent, type DraftState, nextDraftState } from '../domain/rule-draft.js';
import type { KnownParameter } from '../rules/parameter-changes.js';
import { type DraftSource, type ReadDraft, readDraft } from '../rules/read-draft.js';
import type { Actor } from './actor.js';
import { invalidInput, notFound, staleVersion } from './problems.js';
import type { RecordsPort } from './records.js';

/** A draft as lists show it: what it holds is counted, not shown. */
export interface RuleDraftView {
  readonly id: string;
  readonly state: DraftState;
  readonly title: string;
  readonly rules: number | null;
  readonly parameterChanges: number;
  readonly cases: number;
  /** Of the book, from its submission on. */
  readonly hash: string | null;
  readonly rollbackOf: string | null;
  readonly effectiveFrom: string | null;
  readonly makerId: string;
  readonly maker: string;
  readonly checkerId: string | null;
  readonly checker: string | null;
  readonly checkOpinion: string | null;
  readonly returnReason: string | null;
  readonly createdAt: string;
  readonly publishedAt: string | null;
  readonly version: number;
}

export interface RuleDraft {
  readonly view: RuleDraftView;
  readonly source: DraftSource;
}

export interface DraftCommand {
  readonly id: string;
  readonly version: number;
}

/** What a step of a draft writes, by column. */
export type DraftChange = Readonly<Record<string, unknown>>;

export interface RuleDraftPort extends RecordsPort {
  /** With the row locked until the transaction ends. */
  draft(id: string): Promise<RuleDraft | null>;
  step(id: string, state: DraftState, change: DraftChange): Promise<RuleDraftView>;
  onPost(staffId: string, post: Post, on: string): Promise<boolean>;
  knownParameters(): Promise<KnownParameter[]>;
  parameterValues(on: string): Promise<Readonly<Record<string, number | string | boolean>>>;
}

const wrongState = (state: DraftState): Problem =>
  problem(
    'conflict',
    'draft.wrong-state',
    { zh: `草案处于 ${state} 状态，不能如此办理`, en: `the draft is ${state}: that is not its next step` },
    { clause: 'M3' },
  );

const notTheMaker = (): Problem =>
  problem(
    'forbidden',
    'draft.not-yours',
    { zh: '草案由其经办人修改和提交', en: 'a draft is changed and submitted by who made it' },
    { clause: 'M3' },
  );

/** The draft at the version that was seen, where `event` is its next step. */
export async function takeDraft(
  port: RuleDraftPort,
  { id, version }: DraftCommand,
  event: DraftEvent,
): Promise<Result<RuleDraft & { readonly next: DraftState }, Problem>> {
  const draft = await port.draft(id);
  if (draft === null) return err(notFound({ zh: '规则草案', en: 'draft of rules' }));
  if (draft.view.version !== version) return err(staleVersion(draft.view.version));
  const next = nextDraftState(draft.view.state, event);
  return next === null ? err(wrongState(draft.view.state)) : ok({ ...draft, next });
}

/** The same for a step that only the draft's maker takes. */
export async function takeOwnDraft(port: RuleDraftPort, actor: Actor, command: DraftCommand, event: 'edit' | 'submit') {
  const taken = await takeDraft(port, command, event);
  return taken.andThen((draft) => (draft.view.makerId === actor.staffId ? ok(draft) : err(notTheMaker())));
}

/** Reads a draft for the day on which it is to take effect; every fault of it where it has any. */
export async function readForDay(
  port: Pick<RuleDraftPort, 'knownParameters' | 'parameterValues'>,
  actor: Actor,
  source: DraftSource,
  effectiveFrom: string,
): Promise<Result<ReadDraft, Problem>> {
  const reading = await readDraft(source, {
    today: actor.businessDate,
    effectiveFrom: effectiveFrom as Actor['businessDate'],
    known: await port.knownParameters(),
    values: await port.parameterValues(effectiveFrom),
  });
  return 'faults' in reading ? err(invalidInput(reading.faults)) : ok(reading.read);
}

/** What is told of a step of a draft: ids. */
export const wordOf = (actor: Actor, { id, makerId }: RuleDraftView) => ({
  draftId: id,
  makerId,
  byId: actor.staffId ?? actor.unionId,
});
