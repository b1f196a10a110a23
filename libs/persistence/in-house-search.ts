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

const FOUND_SQL = `
with hit as (
  select p.id, 'identity' as by from party p where p.union_id = $1 and p.identity_blind = $2
  union all select p.id, 'name-and-birth-date' from party p where p.union_id = $1 and p.name = $3 and p.birth_date = $4
  union all select p.id, 'phone' from party p where p.union_id = $1 and p.phone_blind = $5
  union all select m.party_id, 'household' from household h
    join household_member m on m.union_id = $1 and m.household_id = h.id and m.valid_from <= $7 and (m.valid_to is null or m.valid_to >= $7)
    where h.union_id = $1 and h.code = $6),
found as (
  select id, array_agg(distinct by) as found_by from (
    select * from hit
    union all
    select other.party_id, 'same-household' from hit
    join household_member mine on mine.union_id = $1 and mine.party_id = hit.id and mine.valid_from <= $7 and (mine.valid_to is null or mine.valid_to >= $7)
    join household_member other on other.union_id = $1 and other.household_id = mine.household_id and other.party_id <> hit.id
      and other.valid_from <= $7 and (other.valid_to is null or other.valid_to >= $7)) every_hit
  group by id limit 200)
select (select count(*)::int from org_unit u where u.union_id = $1 and u.kind in ('branch', 'sub_branch', 'business_department')) as branches,
  coalesce(jsonb_agg(jsonb_build_object(
    'customerId', p.id, 'name', p.name, 'identityMasked', '****' || p.identity_tail, 'foundBy', found.found_by, 'homeUnit', unit.name,
    'loans', coalesce((select jsonb_agg(jsonb_build_object('loanNo', l.loan_no, 'branch', b.name, 'kind', l.kind, 'status', l.status,
      'class', l.five_tier, 'balanceFen', l.balance_fen, 'issuedOn', l.issued_on) order by l.issued_on, l.loan_no)
      from loan l join org_unit b on b.union_id = $1 and b.id = l.branch_id where l.union_id = $1 and l.party_id = p.id), '[]'),
    'guarantees', coalesce((select jsonb_agg(jsonb_build_object('loanNo', l.loan_no, 'class', l.five_tier, 'status', l.status, 'balanceFen', l.balance_fen))
      from guarantee g join loan l on l.union_id = $1 and l.id = g.loan_id where g.union_id = $1 and g.guarantor_id = p.id), '[]'),
    'applications', coalesce((select jsonb_agg(jsonb_build_object('fileNo', a.file_no, 'branch', b.name, 'stage', a.stage, 'amountFen', a.amount_fen) order by a.file_no)
      from loan_application a join org_unit b on b.union_id = $1 and b.id = a.branch_id
      where a.union_id = $1 and a.party_id = p.id and a.stage <> 'withdrawn'), '[]')
  ) order by p.name, p.id) filter (where p.id is not null), '[]') as customers
from found join party p on p.union_id = $1 and p.id = found.id left join org_unit unit on unit.union_id = $1 and unit.id = p.home_unit_id`;

const OVER = [
  'loans',
  'written-off loans',
  'swapped-out loans',
  'guarantees',
  'live applications',
  'household members',
];

/** The full in-house search (全数据库检索, M2): every branch of the union in one round trip, whoever asks. */
export async function searchInHouse(
  sql: Sql,
  unionId: string,
  terms: SearchTerms,
  tools: { vault: PersonalDataVault; at: Date; on: string },
): Promise<SearchReply> {
  const { vault } = tools;
  const number = terms.identityNumber;
  const canonical =
    number === undefined ? undefined : (parseResidentId(number)?.number ?? parseCreditCode(number) ?? number);
  const found = await sql.query<{ branches: number; customers: FoundCustomer[] }>(FOUND_SQL, [
    unionId,
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
