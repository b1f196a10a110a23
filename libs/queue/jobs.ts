import { z } from 'zod';

export const QUEUE_NAME = 'wugang';

const ids = { unionId: z.uuid(), outboxId: z.uuid() };

/** Every job type with the schema of what it carries: ids only, never personal data. */
export const JOBS = {
  'bureau.retry': z.strictObject({ ...ids, queryId: z.uuid() }),
  /** Of every union, for the business day on which it runs. */
  'daily.sweep': z.strictObject({}),
} as const;

export type JobName = keyof typeof JOBS;
export type JobPayload<Name extends JobName> = z.infer<(typeof JOBS)[Name]>;

/** Outbox topics that become jobs; the others tell of acts and are read by whoever subscribes. */
export const isJob = (topic: string): topic is JobName => Object.hasOwn(JOBS, topic);

/** Retries with growing pauses: a minute, two, four … up to about two days in all. */
export const JOB_OPTIONS = {
  attempts: 12,
  backoff: { type: 'exponential', delay: 60_000 },
  removeOnComplete: { age: 86_400 },
  removeOnFail: false,
} as const;
