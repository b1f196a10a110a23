import { type CurvePoint, curveOf } from '#libs/bulk/impact/curve.js';
import { type ImpactSummary, summarise } from '#libs/bulk/impact/summary.js';
import { problem } from '#libs/domain/problem.js';
import { countedRun } from '#libs/persistence/impact/read-runs.js';
import { inUnion } from '#libs/persistence/pool.js';
import { reachOf, reading } from '#libs/persistence/scope.js';
import type { Actor } from '#libs/usecases/actor.js';
import type { ImpactRunView } from '#libs/usecases/impact-runs.js';
import { notFound } from '#libs/usecases/problems.js';
import { HttpProblem } from '../http/problem-response.js';
import type { Services } from '../http/services.js';

interface ImpactResult {
  readonly run: ImpactRunView;
  /** Null before the run is done. */
  readonly summary: ImpactSummary | null;
  /** Null where no parameter was swept. */
  readonly curve: CurvePoint[] | null;
}

export async function impactResult({ tools }: Services, actor: Actor, id: string): Promise<ImpactResult> {
  const found = await inUnion(tools.pool, reading(reachOf(actor, 'rules:read')), (sql) =>
    countedRun(sql, actor.unionId, id),
  );
  if (found === null) throw new HttpProblem(notFound({ zh: '影响测算', en: 'impact run' }));
  const { run, tally, swept } = found;
  return { run, summary: tally === null ? null : summarise(tally), curve: swept === null ? null : curveOf(swept) };
}

/** The same of a run that is done: what another one has found so far would be taken for the whole. */
export async function doneResult(services: Services, actor: Actor, id: string) {
  const { run, summary, curve } = await impactResult(services, actor, id);
  if (summary !== null) return { run, summary, curve };
  const text = { zh: '测算尚未完成，没有报告', en: 'the run is not done: there is no report of it' };
  throw new HttpProblem(problem('conflict', 'impact.not-done', text));
}
