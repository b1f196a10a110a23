import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { PrismaClient } from './generated/client.js';

export type PrismaTransaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];

/** A Prisma client over the shared pool. */
export const openPrisma = (pool: pg.Pool): PrismaClient => new PrismaClient({ adapter: new PrismaPg(pool) });

/** Runs `work` in one transaction that sees and writes rows of one union only. */
export function inUnionTransaction<T>(
  prisma: PrismaClient,
  unionId: string,
  work: (tx: PrismaTransaction) => Promise<T>,
): Promise<T> {
  return prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`select set_config('app.union_id', ${unionId}, true)`;
      return work(tx);
    },
    { maxWait: 10_000, timeout: 30_000 },
  );
}
