import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { projectRoot } from './project-root.js';
import { makeRoles } from './roles.js';
import { readMigrations, withSchemaEngine } from './schema-engine.js';
import { SIGNED_SINCE, signEarlierParameters } from './sign-earlier-parameters.js';

/** Schema of the job queue; its role sees nothing else. */
export const QUEUE_SCHEMA = 'bullmq';
const FILTERS = { externalTables: [], externalEnums: [] };
/** Serialises start-ups that migrate one database. */
const MIGRATION_LOCK = 7_761_001;

/**
 * Applies what `prisma/migrations` holds and the database lacks, and makes the installation's sign-in roles.
 * Throws where a migration fails or was edited after it was applied. Returns the names applied now.
 */
export async function migrate(ownerUrl: string, secret: Uint8Array): Promise<string[]> {
  const root = projectRoot();
  const guard = new Client(ownerUrl);
  await guard.connect();
  try {
    await guard.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await makeRoles(guard, secret);
    const applied = await applyPending(guard, ownerUrl, root);
    if (applied.includes(SIGNED_SINCE)) await signEarlierParameters(guard, secret);
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
