import { err, ok, type Result } from 'neverthrow';
import type { ImpactState } from '../domain/impact-run.js';
import { type Problem, problem } from '../domain/problem.js';
import type { Bilingual } from '../domain/text.js';
import type { Checkpoint, Rule } from '../rules/rule-format.js';
import type { Actor } from './actor.js';
import { notFound } from './problems.js';
import { auditOf, type RecordsPort } from './records.js';

type Values = Readonly<Record<string, number | string | boolean>>;

/** Which past decisions are run again, and how. */
export interface ImpactQuestion {
  readonly checkpoint: Checkpoint;
  readonly since: string;
  readonly until: string;
  /** The day on which rules and parameters must be in force, for every case alike. */
  readonly on: string;
  readonly asDecided: boolean;
  readonly rules: readonly string[] | null;
  readonly sweep: { readonly key: string; readonly values: readonly number[] } | null;
  readonly draftId: string | null;
  readonly set: Values;
  /** By their addresses; the one after need not be kept as a book. */
  readonly books: { readonly before: string; readonly after: string };
}

/** Rules as they are evaluated, with their parameters: all that a worker needs. */
export interface PolicyContent {
  readonly rules: readonly Rule[];
  readonly values: Values;
}

export interface ImpactPolicies {
  readonly before: PolicyContent;
  readonly after: PolicyContent;
}

export interface ImpactFailure {
  readonly code: string;
  readonly text: Bilingual;
}

interface Progress {
  readonly done: number;
  readonly all: number;
}

export interface ImpactRunView {
  readonly id: string;
  readonly state: ImpactState;
  readonly question: ImpactQuestion;
  readonly failure: ImpactFailure | null;
  readonly requestedById: string | null;
  readonly requestedBy: string | null;
  readonly requestedAt: string;
  readonly finishedAt: string | null;
  /** All are none before the run is cut into parts. */
  readonly shards: Progress;
  readonly decisions: Progress;
}

/** What a step of a run writes beside its state. */
export interface ImpactStep {
  readonly roundId?: string;
  readonly failure?: ImpactFailure;
  readonly finishedAt?: Date;
}

export interface ImpactRunsPort extends RecordsPort {
  /** With the row locked until the transaction ends. */
  run(id: string): Promise<ImpactRunView | null>;
  step(id: string, state: ImpactState, step: ImpactStep): Promise<ImpactRunView>;
}

/** A run that may take this step, or what keeps it from it. */
export async function takeRun(
  port: ImpactRunsPort,
  id: string,
  may: (state: ImpactState) => boolean,
): Promise<Result<ImpactRunView, Problem>> {
  const run = await port.run(id);
  if (run === null) return err(notFound({ zh: '影响测算', en: 'impact run' }));
  return may(run.state)
    ? ok(run)
    : err(
        problem('conflict', 'impact.wrong-state', {
          zh: `测算处于 ${run.state} 状态，不能如此办理`,
          en: `the run is ${run.state}: that is not its next step`,
        }),
      );
}

/** The audit row of a step that a person or a job took. */
export const auditOfRun = (
  actor: Actor,
  action: string,
  before: Pick<ImpactRunView, 'id' | 'state'> | null,
  after: ImpactRunView,
) =>
  auditOf(
    actor,
    'rules:impact',
    action,
    { kind: 'impact_run', id: after.id },
    before === null
      ? { after }
      : { before: { state: before.state }, after: { state: after.state, failure: after.failure } },
  );
