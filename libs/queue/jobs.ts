import { z } from 'zod';

/**
 * What calls other systems waits in a line of its own: one that does not answer holds up nobody else. So does bulk work,
 * each job of which takes a processor for seconds.
 */
export const QUEUES = ['wugang', 'wugang-outgoing', 'wugang-bulk'] as const;
export type QueueName = (typeof QUEUES)[number];

const ids = { unionId: z.uuid(), outboxId: z.uuid() };

/** Every job type with the schema of what it carries: ids only, never personal data. */
export const JOBS = {
  'bureau.retry': z.strictObject({ ...ids, queryId: z.uuid() }),
  /** Tells people and other systems of an outbox row. */
  notify: z.strictObject(ids),
  'webhook.deliver': z.strictObject({ ...ids, deliveryId: z.uuid() }),
  'mail.send': z.strictObject({ ...ids, notificationId: z.uuid() }),
  /** Cuts an impact run into parts, or takes up what is left of one; its outbox row is the round. */
  'impact.plan': z.strictObject({ ...ids, runId: z.uuid() }),
  'impact.shard': z.strictObject({ ...ids, runId: z.uuid(), shardId: z.uuid() }),
  'impact.finish': z.strictObject({ ...ids, runId: z.uuid() }),
  /** Of every union, for the business day on which it runs. */
  'daily.sweep': z.strictObject({}),
} as const;

export type JobName = keyof typeof JOBS;
export type JobPayload<Name extends JobName> = z.infer<(typeof JOBS)[Name]>;

/** Outbox topics that are jobs by themselves; every other one tells of an act, which people and other systems hear of. */
const isJob = (topic: string): topic is JobName => Object.hasOwn(JOBS, topic);

/** The job that an outbox row becomes, with what it carries. */
export function jobOf(
  topic: string,
  outbox: { unionId: string; outboxId: string },
  payload: Readonly<Record<string, string>>,
): { name: JobName; data: object } {
  if (!isJob(topic)) return { name: 'notify', data: JOBS.notify.parse(outbox) };
  return { name: topic, data: JOBS[topic].parse({ ...outbox, ...payload }) };
}

const LINES: Readonly<Partial<Record<JobName, QueueName>>> = {
  'webhook.deliver': 'wugang-outgoing',
  'mail.send': 'wugang-outgoing',
  'impact.shard': 'wugang-bulk',
  'impact.finish': 'wugang-bulk',
};

export const queueOf = (name: JobName): QueueName => LINES[name] ?? 'wugang';

/** Retries with growing pauses: a minute, two, four … up to about two days in all. */
export const JOB_OPTIONS = {
  attempts: 12,
  backoff: { type: 'exponential', delay: 60_000 },
  removeOnComplete: { age: 86_400 },
  removeOnFail: false,
} as const;
