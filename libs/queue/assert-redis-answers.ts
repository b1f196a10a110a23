import { Redis } from 'ioredis';

const WITHIN_MS = 5000;

/** What keeps the queue from being used, in one line that a person can act on. */
export class QueueUnavailable extends Error {}

/** Asks Redis once: the queue's own client would try for ever, and the start with it. */
export async function assertRedisAnswers(url: string): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: WITHIN_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let why = '';
  redis.on('error', (error: Error) => {
    why = error.message;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (cause) {
    const { host } = new URL(url);
    throw new QueueUnavailable(`Redis at ${host} cannot be reached: ${why || (cause as Error).message}`, { cause });
  } finally {
    redis.disconnect();
  }
}
