import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { projectRoot } from './project-root.js';
import { readMigrations, withSchemaEngine } from './schema-engine.js';

const APP_ROLE = 'wugang_app';
const QUEUE_ROLE = 'wugang_queue';
/** Schema of the job queue; its role sees nothing else. */
export const QUEUE_SCHEMA = 'bullmq';
const FILTERS = { externalTables: [], externalEnums: [] };
/** Serialises start-ups that migrate one cluster: roles are shared by its databases. */
const MIGRATION_LOCK = 7_761_001;

function urlAs(role: string, ownerUrl: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.toString();
}

/** The address of the same database for the role that owns nothing. */
export const applicationUrl = (ownerUrl: string, password: string): string => urlAs(APP_ROLE, ownerUrl, password);

/** The address of the same database for the role that owns the queue's schema alone. */
export const queueUrl = (ownerUrl: string, password: string): string => urlAs(QUEUE_ROLE, ownerUrl, password);

/** The application role's password, derived from the installation's secret: every process of it derives the same. */
export function applicationPassword(secret: Uint8Array): string {
  return createHash('sha256').update('wugang application role\0').update(secret).digest('base64url');
}

/**
 * Applies what `prisma/migrations` holds and the database lacks, and gives the application role its password.
 * Throws where a migration fails or was edited after it was applied. Returns the names applied now.
 */
export async function migrate(ownerUrl: string, rolePassword: string): Promise<string[]> {
  const root = projectRoot();
  const guard = new Client(ownerUrl);
  await guard.connect();
  try {
    await guard.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const applied = await applyPending(guard, ownerUrl, root);
    for (const role of [APP_ROLE, QUEUE_ROLE]) {
      await guard.query(
        `alter role ${guard.escapeIdentifier(role)} login password ${guard.escapeLiteral(rolePassword)}`,
      );
    }
    return applied;
  } finally {
    await guard.end();
  }
}

/** Loading the engine costs more than asking whether anything is pending, so ask first. */
async function applyPending(guard: Client, ownerUrl: string, root: string): Promise<string[]> {
  const folder = join(root, 'prisma/migrations');
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const table = await guard.query(`select to_regclass('_prisma_migrations') as known`);
  if (table.rows[0].known !== null) {
    const done = await guard.query<{ migration_name: string }>(
      'select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
    );
    const finished = new Set(done.rows.map((row) => row.migration_name));
    if (names.every((entry) => finished.has(entry.name))) return [];
  }
  const migrationsList = await readMigrations(folder);
  return withSchemaEngine(ownerUrl, join(root, 'prisma/schema'), async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: FILTERS });
    return appliedMigrationNames;
  });
}
