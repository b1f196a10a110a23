import type pg from 'pg';
import type { Clock, IdSource } from '../domain/clock.js';
import type { PersonalDataVault } from '../platform/personal-data.js';
import type { PrismaClient } from './generated/client.js';

/** What the stores work with; made once for a process. */
export interface PersistenceTools {
  readonly pool: pg.Pool;
  readonly prisma: PrismaClient;
  readonly vault: PersonalDataVault;
  readonly clock: Clock;
  readonly ids: IdSource;
}
