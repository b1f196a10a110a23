import { isUnderWay } from '../domain/impact-run.js';
import type { Actor } from './actor.js';
import { failRun } from './finish-impact.js';
import type { ImpactRunsPort } from './impact-runs.js';

/** A part of a run, from one decision to another by id. */
export interface ImpactPart {
  readonly first: string;
  readonly last: string;
  readonly decisions: number;
}

export interface LayOutImpactPort extends ImpactRunsPort {
  addShards(runId: string, parts: readonly ImpactPart[]): Promise<void>;
  /** Those that are not done. */
  openShards(runId: string): Promise<string[]>;
}

/**
 * Begins a round of a run: its parts, as they were first cut, and of them those that are still to be done. Null where there
 * is nothing to do: the run has ended, or there is no decision to run.
 */
export async function layOutImpact(
  port: LayOutImpactPort,
  actor: Actor,
  { runId, roundId, parts }: { runId: string; roundId: string; parts: readonly ImpactPart[] },
): Promise<string[] | null> {
  const run = await port.run(runId);
  if (run === null || !isUnderWay(run.state)) return null;
  if (run.shards.all === 0) {
    const { checkpoint, since, until } = run.question;
    if (parts.length === 0) {
      const text = {
        zh: `${since} 至 ${until} 没有 ${checkpoint} 的决定`,
        en: `there is no decision at ${checkpoint} from ${since} to ${until}`,
      };
      await failRun(port, actor, run, { code: 'impact.no-decisions', text });
      return null;
    }
    await port.addShards(runId, parts);
  }
  await port.step(runId, 'running', { roundId });
  return port.openShards(runId);
}
