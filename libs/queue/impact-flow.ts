import type { FlowJob } from 'bullmq';
import { JOB_OPTIONS, type JobPayload, queueOf } from './jobs.js';

/** Somebody waits for the answer: what fails is tried again within two minutes, or told. */
const OPTIONS = { ...JOB_OPTIONS, attempts: 5, backoff: { type: 'exponential', delay: 5000 } } as const;

/**
 * One round of an impact run: a job for each part, whichever worker takes it, and one that ends the run after all of them,
 * however they ended. The ids follow from the round: added twice, each is there once.
 */
export function impactFlow(round: JobPayload<'impact.finish'>, shardIds: readonly string[]): FlowJob {
  const { outboxId } = round;
  return {
    name: 'impact.finish',
    queueName: queueOf('impact.finish'),
    data: round,
    opts: { ...OPTIONS, jobId: `${outboxId}-finish` },
    children: shardIds.map((shardId) => ({
      name: 'impact.shard',
      queueName: queueOf('impact.shard'),
      data: { ...round, shardId } satisfies JobPayload<'impact.shard'>,
      opts: { ...OPTIONS, jobId: `${outboxId}-${shardId}`, ignoreDependencyOnFailure: true },
    })),
  };
}
