import type { CivilDate } from '../../domain/civil-date.js';
import type { ParameterSet } from '../../rules/parameters.js';
import type { Checkpoint, Rule } from '../../rules/rule-format.js';
import { compileBook, DIALECTS } from '../../rules/sql/compile-book.js';
import { type AnswerPlace, type DecidePlan, planDecision } from '../../rules/sql/decide-select.js';

/** Rules with the parameters they are run under. */
export interface Policy {
  readonly rules: readonly Rule[];
  readonly parameters: ParameterSet;
}

export interface ImpactRequest {
  readonly before: Policy;
  readonly after: Policy;
  readonly checkpoint: Checkpoint;
  /** The day on which rules must be in force, for every case alike, whenever it was decided. */
  readonly on: CivilDate;
  /** Only these rules of both. */
  readonly only?: ReadonlySet<string>;
}

export interface ImpactPlan {
  readonly plan: DecidePlan;
  readonly before: readonly AnswerPlace[];
  readonly after: readonly AnswerPlace[];
}

/** Both policies as one statement: what they have in common is answered once. */
export function planImpact({ before, after, checkpoint, on, only }: ImpactRequest): ImpactPlan {
  const compiled = ({ rules, parameters }: Policy) =>
    compileBook(rules, {
      dialect: DIALECTS.duckdb,
      parameters,
      checkpoint,
      on,
      ...(only === undefined ? {} : { only }),
    });
  const plan = planDecision([
    { level: 'before', compiled: compiled(before) },
    { level: 'after', compiled: compiled(after) },
  ]);
  return { plan, before: plan.places[0] ?? [], after: plan.places[1] ?? [] };
}
