import { parseCreditCode, parseResidentId } from '../domain/identity.js';
import type { PersonalDataVault } from '../platform/personal-data.js';
import { normalisePhone } from '../platform/personal-data.js';
import type { Sql } from './pool.js';

export interface SearchTerms {
  readonly identityNumber?: string | undefined;
  readonly name?: string | undefined;
  readonly birthDate?: string | undefined;
  readonly phone?: string | undefined;
  readonly householdCode?: string | undefined;
}

/** A customer found anywhere in the union: of another branch's, what a decision needs and no more. */
export interface FoundCustomer {
  readonly customerId: string;
  readonly name: string;
  readonly identityMasked: string | null;
  /** identity, name-and-birth-date, phone or household: what led to the customer. */
  readonly foundBy: readonly string[];
  readonly homeUnit: string | null;
  readonly loans: readonly object[];
  readonly guarantees: readonly object[];
  readonly applications: readonly object[];
}

export interface SearchReply {
  readonly searchedAt: string;
  readonly searched: { readonly branches: number; readonly by: readonly string[]; readonly over: readonly string[] };
  readonly customers: readonly FoundCustomer[];
}

const FOUND_SQL = 'select branches, customers from in_house_search($1, $2, $3, $4, $5, $6)';

const OVER = [
  'loans',
  'written-off loans',
  'swapped-out loans',
  'guarantees',
  'live applications',
  'household members',
];

/**
 * The full in-house search (全数据库检索, M2): every branch of the union in one round trip, whoever asks. The database's function
 * alone sees across, and gives no more than this.
 */
export async function searchInHouse(
  sql: Sql,
  terms: SearchTerms,
  tools: { vault: PersonalDataVault; at: Date; on: string },
): Promise<SearchReply> {
  const { vault } = tools;
  const number = terms.identityNumber;
  const canonical =
    number === undefined ? undefined : (parseResidentId(number)?.number ?? parseCreditCode(number) ?? number);
  const found = await sql.query<{ branches: number; customers: FoundCustomer[] }>(FOUND_SQL, [
    canonical === undefined ? null : vault.blindIndex('identity', canonical),
    terms.name ?? null,
    terms.birthDate ?? null,
    terms.phone === undefined ? null : vault.blindIndex('phone', normalisePhone(terms.phone)),
    terms.householdCode ?? null,
    tools.on,
  ]);
  const row = found.rows[0];
  const by = Object.entries(terms)
    .filter(([, value]) => value !== undefined)
    .map(([key]) => key);
  return {
    searchedAt: tools.at.toISOString(),
    searched: { branches: row?.branches ?? 0, by, over: OVER },
    customers: row?.customers ?? [],
  };
}
