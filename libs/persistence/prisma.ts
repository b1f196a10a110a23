import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { PrismaClient } from './generated/client.js';
import { type Scope, settingsOf } from './scope.js';

export type PrismaTransaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];

/** A Prisma client over the shared pool. */
export const openPrisma = (pool: pg.Pool): PrismaClient => new PrismaClient({ adapter: new PrismaPg(pool) });

/** Runs `work` in one transaction that sees and writes rows of its scope only. */
export function inUnionTransaction<T>(
  prisma: PrismaClient,
  scope: Scope,
  work: (tx: PrismaTransaction) => Promise<T>,
): Promise<T> {
  const [unionId, units, readOnly] = settingsOf(scope);
  return prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`select set_config('app.union_id', ${unionId}, true), set_config('app.unit_scope', ${units}, true),
        set_config('transaction_read_only', ${readOnly}, true)`;
      return work(tx);
    },
    { maxWait: 10_000, timeout: 30_000 },
  );
}
