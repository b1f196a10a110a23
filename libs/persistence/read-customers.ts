import type { CursorQuery } from '../contracts/http/values.js';
import { type CivilDate, civilDateFromUtc, dateAtUtc } from '../domain/civil-date.js';
import type { CustomerView, HouseholdView } from '../usecases/views.js';
import { pageOf } from './page.js';
import type { PrismaTransaction } from './prisma.js';
import { customerView, PARTY_SHOWN } from './stores/customer-view.js';

/** One page of the customers whose home unit is in reach, newest first. */
export async function listCustomers(
  tx: PrismaTransaction,
  units: 'all' | readonly string[],
  { cursor, limit }: CursorQuery,
): Promise<{ items: CustomerView[]; nextCursor: string | null }> {
  const rows = await tx.party.findMany({
    where: {
      ...(units === 'all' ? {} : { homeUnitId: { in: [...units] } }),
      ...(cursor === undefined ? {} : { id: { lt: cursor } }),
    },
    select: PARTY_SHOWN,
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  return pageOf(rows, limit, customerView);
}

/** The households that a customer is a member of on a day, with the members of that day. */
export async function readHouseholds(
  tx: PrismaTransaction,
  customerId: string,
  on: CivilDate,
): Promise<HouseholdView[]> {
  const day = dateAtUtc(on);
  const inForce = { validFrom: { lte: day }, OR: [{ validTo: null }, { validTo: { gte: day } }] };
  const rows = await tx.household.findMany({
    where: { members: { some: { partyId: customerId, ...inForce } } },
    include: { members: { where: inForce, orderBy: { id: 'asc' } } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ id, code, version, members }) => ({
    id,
    code,
    version,
    members: members.map(({ partyId, role, validFrom }) => ({
      customerId: partyId,
      role,
      from: civilDateFromUtc(validFrom),
    })),
  }));
}
