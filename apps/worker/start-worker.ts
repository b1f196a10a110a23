import { type ConnectionOptions, FlowProducer, type Job, Queue, Worker } from 'bullmq';
import type { Logger } from 'pino';
import { civilDateOf } from '#libs/domain/civil-date.js';
import type { Services } from '#libs/persistence/services.js';
import { assertRedisAnswers } from '#libs/queue/assert-redis-answers.js';
import { queueConnection } from '#libs/queue/connection.js';
import { dispatchOutbox, type Queues } from '#libs/queue/dispatch-outbox.js';
import { JOB_OPTIONS, type JobName, QUEUES, type QueueName, queueOf } from '#libs/queue/jobs.js';
import { HANDLERS } from './handlers.js';
import { type RunningWorker, startLoop } from './loop.js';
import { sealEveryUnion } from './seal.js';

const LOOP_EVERY_MS = 1000;
/** Jobs at once. A part of an impact run takes a processor and half a gigabyte. */
const CONCURRENCY: Readonly<Record<QueueName, number>> = { wugang: 4, 'wugang-outgoing': 4, 'wugang-bulk': 2 };
/** How often a job is given to another worker when its own has died. */
const DEATHS = 3;

/** Half past midnight in Shanghai, and at the start for a day whose hour was missed. */
async function scheduleSweep(queue: Queue, today: string): Promise<void> {
  const job = { name: 'daily.sweep' satisfies JobName, data: {}, opts: JOB_OPTIONS };
  const made = queue.upsertJobScheduler(job.name, { pattern: '0 30 0 * * *', tz: 'Asia/Shanghai' }, job);
  await made.catch(async (cause: unknown) => {
    // Another worker that starts in the same moment has made it: then it is there.
    if ((await queue.getJobScheduler(job.name)) === undefined) throw cause;
  });
  await queue.add(job.name, job.data, { ...JOB_OPTIONS, jobId: `daily.sweep-${today}` });
}

/** Runs the dispatcher and the job handlers until stopped. Work in flight is finished first. */
export async function startWorker(
  services: Services,
  urls: { redisUrl: string | undefined; queueUrl: string },
  logger: Logger,
): Promise<RunningWorker> {
  if (urls.redisUrl !== undefined) await assertRedisAnswers(urls.redisUrl);
  const options = queueConnection(urls) as { connection: ConnectionOptions };
  let stopping = false;
  const tell = (what: string) => (err: Error) => (stopping ? undefined : logger.error({ err: err.message }, what));
  const onError = tell('queue');
  const queues = await openQueues(options, onError);
  const flows = new FlowProducer(options);
  flows.on('error', onError);
  const closeQueues = async (): Promise<void> =>
    void (await Promise.all([flows.close(), ...QUEUES.map((name) => queues[name].close())]));
  await scheduleSweep(queues[queueOf('daily.sweep')], civilDateOf(services.clock.now())).catch(
    async (cause: unknown) => {
      await closeQueues();
      throw cause;
    },
  );
  const handle = (job: Job): Promise<unknown> => {
    const handler = HANDLERS[job.name as JobName];
    if (handler === undefined) throw new Error(`no handler for job ${job.name}`);
    const lastAttempt = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
    return handler(services, job.data, { id: job.id ?? job.name, lastAttempt, flows });
  };
  const workers = QUEUES.map((name) => {
    const worker = new Worker(name, handle, { ...options, concurrency: CONCURRENCY[name], maxStalledCount: DEATHS });
    worker.on('error', onError);
    worker.on('failed', (job, err) => logger.warn({ err: err.message, job: job?.id, name: job?.name }, 'job failed'));
    return worker;
  });
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  const { tools, clock } = services;
  const onSealError = tell('audit seal');
  const loops = [
    startLoop(LOOP_EVERY_MS, () => dispatchOutbox(tools.pool, queues, clock.now(), onError), onError),
    startLoop(LOOP_EVERY_MS, () => sealEveryUnion(services, onSealError), onSealError),
  ];
  return {
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
      stopping = true; // a connection that is cut from here on is what was asked for
      await Promise.all(workers.map((worker) => worker.close()));
      await closeQueues();
    },
  };
}

/** One after the other: each makes its tables where they are not there yet. */
async function openQueues(
  options: { connection: ConnectionOptions },
  onError: (error: Error) => void,
): Promise<Queues> {
  const opened: Partial<Record<QueueName, Queue>> = {};
  for (const name of QUEUES) {
    const queue = new Queue(name, options);
    queue.on('error', onError);
    await queue.waitUntilReady();
    opened[name] = queue;
  }
  return opened as Queues;
}
