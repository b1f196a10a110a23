import { createPool } from '../persistence/pool.js';
import { openPrisma } from '../persistence/prisma.js';
import type { PersistenceTools } from '../persistence/tools.js';
import { systemClock, systemIds } from '../platform/clock.js';
import { PersonalDataVault } from '../platform/personal-data.js';
import type { TestDatabase } from './test-database.js';

/** What stores work with, over a test's database as the application's own role. Whoever opens it ends its pool. */
export function openTestTools({ appUrl, secret }: TestDatabase, connections = 4): PersistenceTools {
  const pool = createPool(appUrl, connections);
  return {
    pool,
    prisma: openPrisma(pool),
    vault: new PersonalDataVault(secret),
    clock: systemClock,
    ids: systemIds,
  };
}
