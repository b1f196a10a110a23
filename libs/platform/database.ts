import { join } from 'node:path';
import { Client } from 'pg';
import type { Config } from './config.js';
import { startEmbeddedPostgres } from './embedded-postgres.js';
import { migrate } from './migrate.js';
import { roleUrls } from './roles.js';
import { installationSecret, makeFolder } from './secret.js';

export interface OpenDatabase {
  readonly ownerUrl: string;
  /** The role that owns nothing and is held by row-level security. */
  readonly appUrl: string;
  /** The role of the job queue, which sees its own schema only. */
  readonly queueUrl: string;
  readonly secret: Uint8Array;
  readonly migrationsApplied: readonly string[];
  stop(): Promise<void>;
}

/** What kept the database from opening, in one line that a person can act on. */
export class DatabaseUnavailable extends Error {}

/** Opens the database of the settings: the embedded server in the data folder, or DATABASE_URL; migrated. */
export async function openDatabase(config: Config): Promise<OpenDatabase> {
  const secret = await usableSecret(config);
  const server = await startServer(config);
  try {
    const migrationsApplied = await migrate(server.ownerUrl, secret);
    const { ownerUrl, stop } = server;
    return { ownerUrl, ...roleUrls(ownerUrl, secret), secret, migrationsApplied, stop };
  } catch (cause) {
    await server.stop();
    throw cause;
  }
}

async function usableSecret(config: Config): Promise<Uint8Array> {
  try {
    await makeFolder(config.dataDir);
    return await installationSecret(config);
  } catch (cause) {
    throw new DatabaseUnavailable(`data folder ${config.dataDir} cannot be written: ${reason(cause)}`, { cause });
  }
}

async function startServer(config: Config): Promise<{ ownerUrl: string; stop(): Promise<void> }> {
  if (config.databaseUrl === undefined) {
    try {
      return await startEmbeddedPostgres(join(config.dataDir, 'postgres'));
    } catch (cause) {
      throw new DatabaseUnavailable(reason(cause), { cause });
    }
  }
  const client = new Client({ connectionString: config.databaseUrl, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    await client.end();
  } catch (cause) {
    const { host } = new URL(config.databaseUrl);
    throw new DatabaseUnavailable(`database at ${host} cannot be reached: ${reason(cause)}`, { cause });
  }
  return { ownerUrl: config.databaseUrl, stop: async () => {} };
}

/** An AggregateError of a refused connection has an empty message: its parts say what happened. */
function reason(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(reason).join('; ');
  return cause instanceof Error ? cause.message : String(cause);
}
