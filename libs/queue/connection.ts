import { createPostgresBackend, createRedisBackend, type QueueOptions, setDefaultBackendFactory } from 'bullmq';
import { QUEUE_SCHEMA } from '../platform/migrate.js';

/** Where jobs are kept: Redis where REDIS_URL names one, else the database itself. Same code for both. */
export function queueConnection(urls: {
  redisUrl: string | undefined;
  queueUrl: string;
}): Pick<QueueOptions, 'connection'> {
  if (urls.redisUrl !== undefined) {
    setDefaultBackendFactory(createRedisBackend);
    return { connection: { url: urls.redisUrl, maxRetriesPerRequest: null } };
  }
  setDefaultBackendFactory(createPostgresBackend);
  const connection = { connectionString: urls.queueUrl, schema: QUEUE_SCHEMA, migrate: true };
  return { connection: connection as unknown as QueueOptions['connection'] };
}
