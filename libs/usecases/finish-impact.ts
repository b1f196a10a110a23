import type { Actor } from './actor.js';
import { auditOfRun, type ImpactFailure, type ImpactRunsPort, type ImpactRunView } from './impact-runs.js';

export interface FailImpactPort extends ImpactRunsPort {
  /** Whether this round of the run is the one that counts. */
  isRound(runId: string, roundId: string): Promise<boolean>;
}

export interface FinishImpactPort extends FailImpactPort {
  /** Adds up what its shards counted, and sets the run done. */
  complete(runId: string, at: Date): Promise<ImpactRunView>;
}

interface RoundOf {
  readonly runId: string;
  readonly roundId: string;
}

const wordOf = ({ id, requestedById }: ImpactRunView): Record<string, string> => ({
  runId: id,
  ...(requestedById === null ? {} : { requestedById }),
});

export async function failRun(
  port: ImpactRunsPort,
  actor: Actor,
  run: ImpactRunView,
  failure: ImpactFailure,
): Promise<void> {
  const after = await port.step(run.id, 'failed', { failure, finishedAt: actor.at });
  await port.audit(auditOfRun(actor, 'impact.fail', run, after));
  await port.outbox('impact.failed', wordOf(run));
}

/** Fails a run for what one of its parts met, where that part's round still counts. */
export async function failImpact(
  port: FailImpactPort,
  actor: Actor,
  { runId, roundId, failure }: RoundOf & { failure: ImpactFailure },
): Promise<void> {
  const run = await port.run(runId);
  if (run?.state === 'running' && (await port.isRound(runId, roundId))) await failRun(port, actor, run, failure);
}

/** Ends a run whose jobs have all ended: done where every part is counted, else failed. */
export async function finishImpact(
  port: FinishImpactPort,
  actor: Actor,
  { runId, roundId }: RoundOf,
): Promise<'done' | 'failed' | 'not-needed'> {
  const run = await port.run(runId);
  if (run?.state !== 'running') return 'not-needed';
  const { done, all } = run.shards;
  if (done === all) {
    const after = await port.complete(runId, actor.at);
    await port.audit(auditOfRun(actor, 'impact.finish', run, after));
    await port.outbox('impact.done', wordOf(run));
    return 'done';
  }
  if (!(await port.isRound(runId, roundId))) return 'not-needed';
  const text = {
    zh: `${all - done} 个分片未完成，请继续该测算`,
    en: `${all - done} of ${all} parts were not done: resume the run`,
  };
  await failRun(port, actor, run, { code: 'impact.parts-missing', text });
  return 'failed';
}
