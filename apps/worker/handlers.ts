import type { FlowProducer } from 'bullmq';
import type { Services } from '#libs/persistence/services.js';
import { JOBS, type JobName } from '#libs/queue/jobs.js';
import { dailySweep } from './daily-sweep.js';
import { deliverWebhook, sendMail } from './deliver.js';
import { endImpact } from './impact/end-impact.js';
import { planImpact } from './impact/plan-impact.js';
import { shardImpact } from './impact/shard-impact.js';
import { notify } from './notify.js';
import { retryBureau } from './retry-bureau.js';

/** The job that is handled, and the means to lay out others. */
interface JobAtHand {
  readonly id: string;
  /** Whether it is not tried again where it fails. */
  readonly lastAttempt: boolean;
  readonly flows: FlowProducer;
}

type Handler = (services: Services, data: unknown, job: JobAtHand) => Promise<unknown>;

export const HANDLERS: Readonly<Record<JobName, Handler>> = {
  'bureau.retry': (services, data) => retryBureau(services, JOBS['bureau.retry'].parse(data)),
  notify: (services, data) => notify(services, JOBS.notify.parse(data)),
  'webhook.deliver': (services, data) => deliverWebhook(services, JOBS['webhook.deliver'].parse(data)),
  'mail.send': (services, data) => sendMail(services, JOBS['mail.send'].parse(data)),
  'impact.plan': (services, data, { flows }) => planImpact(services, flows, JOBS['impact.plan'].parse(data)),
  'impact.shard': (services, data, { lastAttempt }) =>
    shardImpact(services, JOBS['impact.shard'].parse(data), lastAttempt),
  'impact.finish': (services, data) => endImpact(services, JOBS['impact.finish'].parse(data)),
  'daily.sweep': (services, _data, { id }) => dailySweep(services, id),
};
