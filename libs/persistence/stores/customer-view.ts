import { civilDateFromUtc } from '../../domain/civil-date.js';
import type { CustomerView } from '../../usecases/views.js';
import type { Party } from '../generated/client.js';

/** The columns of a party that a view shows: never the cipher texts. */
export const PARTY_SHOWN = {
  id: true,
  kind: true,
  name: true,
  identityTail: true,
  birthDate: true,
  phoneTail: true,
  address: true,
  residence: true,
  insiderStatus: true,
  monthlyIncomeFen: true,
  incomeAsOf: true,
  creditLevel: true,
  creditLevelRatedOn: true,
  homeUnitId: true,
  version: true,
} as const;

const masked = (tail: string | null): string | null => (tail === null ? null : `****${tail}`);
const day = (value: Date | null): string | null => (value === null ? null : civilDateFromUtc(value));

export const customerView = (party: Pick<Party, keyof typeof PARTY_SHOWN>): CustomerView => ({
  id: party.id,
  kind: party.kind,
  name: party.name,
  identityMasked: masked(party.identityTail),
  birthDate: day(party.birthDate),
  phoneMasked: masked(party.phoneTail),
  address: party.address,
  residence: party.residence,
  insiderStatus: party.insiderStatus,
  monthlyIncomeFen: party.monthlyIncomeFen === null ? null : Number(party.monthlyIncomeFen),
  incomeAsOf: day(party.incomeAsOf),
  creditLevel: party.creditLevel,
  creditLevelRatedOn: day(party.creditLevelRatedOn),
  homeUnitId: party.homeUnitId,
  version: party.version,
});
