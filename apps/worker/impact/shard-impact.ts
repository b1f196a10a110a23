import { UnrecoverableError } from 'bullmq';
import { NothingToSweep } from '#libs/bulk/impact/sweep-file.js';
import { BulkDiffers } from '#libs/bulk/live-sample.js';
import { doShard } from '#libs/persistence/impact/do-shard.js';
import { ImpactStore } from '#libs/persistence/impact/impact-store.js';
import { inUnion } from '#libs/persistence/pool.js';
import { ofNoUnit } from '#libs/persistence/scope.js';
import type { Services } from '#libs/persistence/services.js';
import type { JobPayload } from '#libs/queue/jobs.js';
import { failImpact } from '#libs/usecases/finish-impact.js';
import type { ImpactFailure } from '#libs/usecases/impact-runs.js';
import { jobActor } from '../job-actor.js';

/** What is told of a part that cannot be done. Other errors may quote a case's facts: they are for the log alone. */
function failureOf(cause: unknown): ImpactFailure {
  if (cause instanceof BulkDiffers) {
    const text = {
      zh: `批量结果与在线判定不一致，测算不可信：${cause.message}`,
      en: `nothing of the run is to be believed: ${cause.message}`,
    };
    return { code: 'impact.differs', text };
  }
  const text = {
    zh: '有分片不能完成，原因见工作进程日志',
    en: 'a part could not be done: the log of the worker says why',
  };
  return { code: 'impact.part-failed', text };
}

/** Does one part of an impact run. What a second attempt would meet again, and the last of them, fails the run. */
export async function shardImpact(
  services: Services,
  { unionId, outboxId, runId, shardId }: JobPayload<'impact.shard'>,
  lastAttempt: boolean,
): Promise<'done' | 'not-needed'> {
  try {
    return await doShard(services, { unionId, shardId, roundId: outboxId });
  } catch (cause) {
    const forGood = cause instanceof BulkDiffers || cause instanceof NothingToSweep;
    if (forGood || lastAttempt) {
      const actor = jobActor(services, unionId, { job: 'impact.shard', id: outboxId });
      const failing = { runId, roundId: outboxId, failure: failureOf(cause) };
      await inUnion(services.tools.pool, ofNoUnit(unionId), (sql) =>
        failImpact(new ImpactStore(sql, services.tools.ids, actor), actor, failing),
      );
    }
    throw forGood ? new UnrecoverableError(cause.message) : cause;
  }
}
