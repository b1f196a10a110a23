import type { ListApplicationsQuery } from '../contracts/http/applications.js';
import type { ApplicationView } from '../usecases/views.js';
import { pageOf } from './page.js';
import type { PrismaTransaction } from './prisma.js';
import { applicationView, WITH_PRODUCT } from './stores/application-store.js';

/** One page of applications of the units in reach, newest first. */
export async function listApplications(
  tx: PrismaTransaction,
  units: 'all' | readonly string[],
  query: ListApplicationsQuery,
): Promise<{ items: ApplicationView[]; nextCursor: string | null }> {
  const rows = await tx.loanApplication.findMany({
    where: {
      AND: [
        units === 'all' ? {} : { branchId: { in: [...units] } },
        query.branchId === undefined ? {} : { branchId: query.branchId },
      ],
      ...(query.stage === undefined ? {} : { stage: query.stage }),
      ...(query.cursor === undefined ? {} : { id: { lt: query.cursor } }),
    },
    include: WITH_PRODUCT,
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return pageOf(rows, query.limit, applicationView);
}
