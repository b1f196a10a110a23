import { PERFORMING_AT_MOST_OVERDUE_DAYS } from '../../domain/classification.js';
import { RISK_GROUP_LINKS } from '../../domain/risk-group.js';
import { LIVE_STAGES } from '../../domain/workflow.js';

// $1 union id, $2 application ids, $3 as-of date. One statement gathers for one application or for thousands: every
// part is a lateral look-up by index, so its cost grows with the applications asked for and not with the ledger.

const inForce = (alias: string): string =>
  `${alias}.valid_from <= $3 and (${alias}.valid_to is null or ${alias}.valid_to >= $3)`;

const BAD = `(l.five_tier in ('substandard', 'doubtful', 'loss') or l.kind <> 'own')`;

/** Without a class, or with one that its days overdue contradict: nothing is known of such a loan. */
const UNCLASSED = `(l.five_tier is null or l.overdue_days > ${PERFORMING_AT_MOST_OVERDUE_DAYS})`;

/** A count that is not known while an outstanding loan has no class, unless a bad one is known anyway. */
const NON_PERFORMING = `case when count(*) filter (where ${BAD}) > 0 then count(*) filter (where ${BAD})
  when count(*) filter (where ${UNCLASSED}) > 0 then null else 0 end::float8`;

const OUTSTANDING = `l.union_id = $1 and l.status = 'outstanding' and l.issued_on <= $3`;

const APPLICATION = `
  select a.id, a.party_id, a.branch_id, a.stage::text as stage, a.version, coalesce(a.approved_amount_fen, a.amount_fen) as amount_fen, a.term_months, a.instalment_fen, a.debt_to_income_percent,
    a.exception_clause, a.exception_papers, p.code as product_code, p.category::text as category,
    p.customer_kind::text as customer_kind, p.unsecured, c.kind::text as party_kind, c.residence::text as residence,
    c.insider_status::text as insider_status, c.credit_level::text as credit_level, c.credit_level_rated_on,
    c.monthly_income_fen, c.income_as_of::text as income_as_of, c.phone_blind, c.address_blind, c.name, c.birth_date, u.location::text as location
  from loan_application a
  join product p on p.union_id = $1 and p.id = a.product_id
  join party c on c.union_id = $1 and c.id = a.party_id
  join org_unit u on u.union_id = $1 and u.id = a.branch_id
  where a.union_id = $1 and a.id = any($2::uuid[])`;

const OWN_LOANS = `
  select ${NON_PERFORMING} as bad, count(*) filter (where l.branch_id <> app.branch_id)::float8 as elsewhere
  from loan l where ${OUTSTANDING} and l.party_id = app.party_id`;

/** Other members of the applicant's households; `known` is false where a person is registered in none. */
const HOUSEHOLD = `
  select coalesce(array_agg(distinct other.party_id) filter (where other.party_id <> app.party_id), '{}') as others,
    count(*) > 0 or app.party_kind = 'organisation' as known
  from household_member mine
  join household_member other on other.union_id = $1 and other.household_id = mine.household_id and ${inForce('other')}
  where mine.union_id = $1 and mine.party_id = app.party_id and ${inForce('mine')}`;

const HOUSEHOLD_LOANS = `
  select ${NON_PERFORMING} as bad, count(distinct l.party_id)::float8 as borrowers
  from loan l where ${OUTSTANDING} and l.party_id = any(household.others)`;

/** Not known while an outstanding loan is of a product that nobody knows. */
const MICRO_CREDIT = `
  select case when count(*) filter (where mp.id is null) = 0
    then coalesce(sum(l.balance_fen) filter (where mp.category = 'farmer_micro_credit'), 0) end as fen
  from loan l left join product mp on mp.union_id = $1 and mp.code = l.product_code
  where ${OUTSTANDING} and l.party_id = any(household.others || app.party_id)`;

const GUARANTOR_LOANS = `
  select ${NON_PERFORMING} as bad from guarantee g
  join loan l on ${OUTSTANDING} and l.party_id = g.guarantor_id
  where g.union_id = $1 and g.application_id = app.id and (g.valid_to is null or g.valid_to >= $3)`;

const LIVE = LIVE_STAGES.map((stage) => `'${stage}'`).join(', ');

const LIVE_APPLICATIONS = `
  select count(*)::float8 as others from loan_application o
  where o.union_id = $1 and o.party_id = app.party_id and o.id <> app.id and o.stage in (${LIVE}) and o.submitted_on <= $3`;

const UNEXPLAINED_INSTALMENTS = `
  select count(distinct h.account_id)::float8 as accounts from account_holder h
  join standing_payment s on s.union_id = $1 and s.account_id = h.account_id and s.purpose = 'loan_instalment'
  where h.union_id = $1 and h.party_id = app.party_id
    and not exists (select from loan l where l.union_id = $1 and l.repayment_account_id = h.account_id)`;

/** Leads by a payee. Not known where a payment states no payee, unless another one leads somewhere. */
const SHARED_PAYEE = `
  select case when count(distinct h.account_id) > 0 then count(distinct h.account_id)::float8
    when exists (select from account_holder k join standing_payment s on s.union_id = $1 and s.account_id = k.account_id
      where k.union_id = $1 and k.party_id = app.party_id and s.payee_blind is null) then null else 0 end as accounts
  from account_holder h
  join account_holder mine on mine.union_id = $1 and mine.account_id = h.account_id and mine.role = 'owner'
  join standing_payment s on s.union_id = $1 and s.account_id = h.account_id
  join standing_payment t on t.union_id = $1 and t.payee_blind = s.payee_blind and t.account_id <> s.account_id
  join account_holder theirs on theirs.union_id = $1 and theirs.account_id = t.account_id and theirs.role = 'owner'
  where h.union_id = $1 and h.party_id = app.party_id and theirs.party_id <> mine.party_id`;

/** Not known where the applicant's own is not recorded. */
const sharing = (column: string): string => `
  select case when app.${column} is null then null else count(*)::float8 end as customers from party q
  where q.union_id = $1 and q.${column} = app.${column} and q.id <> app.party_id and q.id <> all(household.others)`;

/** Not known for a person without a birth date; organisations have none. */
const NAMESAKES = `
  select case when app.party_kind = 'person' and app.birth_date is null then null else count(*)::float8 end as customers from party q
  where q.union_id = $1 and q.name = app.name and q.birth_date = app.birth_date and q.id <> app.party_id
    and exists (select from loan l where ${OUTSTANDING} and l.party_id = q.id)`;

/**
 * The connected component over households, confirmed links, guarantees and joint-guarantee groups (design section 4), and
 * what it owes.
 */
const RISK_GROUP = `
  with recursive member(id) as (
    select app.party_id
    union
    select next.id from member m cross join lateral (
      select other.party_id as id from household_member mine
      join household_member other on other.union_id = $1 and other.household_id = mine.household_id and ${inForce('other')}
      where mine.union_id = $1 and mine.party_id = m.id and ${inForce('mine')}
      union all
      select k.to_party_id from party_link k where k.union_id = $1 and k.from_party_id = m.id
        and k.status = 'confirmed' and k.kind in (${RISK_GROUP_LINKS.map((kind) => `'${kind}'`).join(', ')}) and ${inForce('k')}
      union all
      select k.from_party_id from party_link k where k.union_id = $1 and k.to_party_id = m.id
        and k.status = 'confirmed' and k.kind in (${RISK_GROUP_LINKS.map((kind) => `'${kind}'`).join(', ')}) and ${inForce('k')}
      union all
      select g.guarantor_id from loan l join guarantee g on g.union_id = $1 and g.loan_id = l.id and ${inForce('g')}
      where ${OUTSTANDING} and l.party_id = m.id
      union all
      select l.party_id from guarantee g join loan l on l.id = g.loan_id and ${OUTSTANDING}
      where g.union_id = $1 and g.guarantor_id = m.id and ${inForce('g')}
      union all
      select g.guarantor_id from guarantee g where g.union_id = $1 and g.application_id = app.id and m.id = app.party_id
      union all
      select other.party_id from joint_guarantee_member mine
      join joint_guarantee_group grp on grp.union_id = $1 and grp.id = mine.group_id and (grp.dissolved_on is null or grp.dissolved_on > $3)
      join joint_guarantee_member other on other.union_id = $1 and other.group_id = mine.group_id and ${inForce('other')}
      where mine.union_id = $1 and mine.party_id = m.id and ${inForce('mine')}
    ) next)
  select coalesce(sum(e.outstanding_fen), 0) as fen,
    coalesce(sum(e.outstanding_fen) filter (where e.party_id = app.party_id), 0) as applicant_fen
  from member m join party_exposure e on e.union_id = $1 and e.party_id = m.id`;

const TOP_TEN = `
  select sum(fen) as fen from (
    select fen from (
      (select e.outstanding_fen as fen from party_exposure e where e.union_id = $1 and e.party_id <> app.party_id
        order by e.outstanding_fen desc limit 10)
      union all select risk_group.applicant_fen + app.amount_fen) candidates
    order by fen desc limit 10) largest`;

/** Not known in a union that has recorded no posts at all. */
const OFFICERS = `
  select case when exists (select from post_appointment any_post where any_post.union_id = $1) then count(distinct q.staff_id)::float8 end as officers
  from post_appointment q
  where q.union_id = $1 and q.unit_id = app.branch_id and q.post = 'responsible_credit_officer' and ${inForce('q')}`;

const JOINT_GUARANTEE = `
  select case when count(distinct mine.group_id) <= 1 then count(distinct other.household_id)::float8 end as households,
    count(distinct other.household_id) filter (where exists (
      select from party_link k join joint_guarantee_member peer on peer.union_id = $1 and peer.group_id = other.group_id
        and peer.household_id <> other.household_id and ${inForce('peer')}
      where k.union_id = $1 and k.status = 'confirmed' and k.kind in ('spouse', 'relative') and ${inForce('k')}
        and ((k.from_party_id = other.party_id and k.to_party_id = peer.party_id)
          or (k.to_party_id = other.party_id and k.from_party_id = peer.party_id))))::float8 as related
  from joint_guarantee_member mine
  join joint_guarantee_group grp on grp.union_id = $1 and grp.id = mine.group_id and (grp.dissolved_on is null or grp.dissolved_on > $3)
  join joint_guarantee_member other on other.union_id = $1 and other.group_id = mine.group_id and ${inForce('other')}
  where mine.union_id = $1 and mine.party_id = app.party_id and ${inForce('mine')}`;

const CONSENT = `
  select exists (select from bureau_consent b where b.union_id = $1 and b.party_id = app.party_id
    and b.signed_on <= $3 and b.expires_on >= $3 and (b.revoked_on is null or b.revoked_on > $3)) as valid`;

const REPORT = `
  select r.summary, r.reported_on, ($3::date - r.reported_on)::float8 as age_days from bureau_report r
  where r.union_id = $1 and r.party_id = app.party_id and r.reported_on <= $3
  order by r.reported_on desc, r.received_at desc limit 1`;

const MONTHS_SINCE_RATING = `
  case when app.credit_level_rated_on is null then null else
    (extract(year from age($3::date, app.credit_level_rated_on)) * 12 + extract(month from age($3::date, app.credit_level_rated_on))
      + case when extract(day from age($3::date, app.credit_level_rated_on)) > 0 then 1 else 0 end)::float8 end`;

/** What the branch may lend by itself today: nothing where no responsible credit officer is on post, or while suspended (G2, I2). */
const AUTHORITY = `
  select case when officers.officers > 0 then max(t.limit_fen)::float8 end as limit_fen from authority_limit t
  where t.union_id = $1 and t.unit_id = app.branch_id and t.category::text = app.category and t.superseded_at is null and ${inForce('t')}
    and not exists (select from authority_suspension x where x.union_id = $1 and x.unit_id = app.branch_id
      and x.suspended_from <= $3 and (x.lifted_on is null or x.lifted_on > $3))`;

/** Whether an import refused a loan of the applicant or of the household, or the applicant's place in a household. */
const GAPS = `
  select coalesce(bool_or(x.party_id = app.party_id and x.record_kind = 'loan'), false) as own,
    coalesce(bool_or(x.party_id <> app.party_id and x.record_kind = 'loan' or x.record_kind = 'householdMember'), false) as household
  from import_gap x where x.union_id = $1 and x.closed_at is null and x.party_id = any(household.others || app.party_id)`;

/** True where the last query for the applicant has no proper answer yet. */
const LAST_QUERY = `
  select q.outcome <> 'answered' as outstanding from bureau_query q
  where q.union_id = $1 and q.party_id = app.party_id order by q.requested_at desc limit 1`;

/** Whether two people have stopped the product, and nobody has lifted it since. */
const STOPPED = `
  exists (select from product_stop z where z.union_id = $1 and z.product_code = app.product_code and z.confirmed_at is not null and z.lifted_at is null)`;

/** Gathers the facts of applications: one row each, columns as `GatheredRow` names them. */
export const GATHER_SQL = `
with app as materialized (${APPLICATION})
select app.id as application_id, app.branch_id, app.stage, app.version, bureau.outstanding as bureau_outstanding, ${STOPPED} as product_stopped, app.product_code, app.category, app.customer_kind, app.unsecured, app.party_kind, app.residence,
  app.insider_status, app.credit_level, ${MONTHS_SINCE_RATING} as months_since_rating, app.location,
  app.amount_fen::float8 as amount_fen, app.term_months, app.exception_clause, app.exception_papers,
  app.instalment_fen::float8 as instalment_fen, app.monthly_income_fen::float8 as monthly_income_fen, app.income_as_of,
  app.debt_to_income_percent::float8 as debt_to_income_percent,
  gaps.own as own_gap, gaps.household as household_gap, own.bad as own_bad, own.elsewhere, household.known as household_known, household_loans.bad as household_bad,
  household_loans.borrowers, guarantors.bad as guarantors_bad, live.others as live_applications,
  unexplained.accounts as unexplained_accounts, payee.accounts as payee_accounts,
  phone.customers as same_phone, address.customers as same_address, namesakes.customers as namesakes,
  (risk_group.applicant_fen + app.amount_fen)::float8 as applicant_after, (risk_group.fen + app.amount_fen)::float8 as group_after,
  top_ten.fen::float8 as top_ten_after, (micro.fen + app.amount_fen)::float8 as micro_after,
  officers.officers, authority.limit_fen as authority_limit, joint.households as joint_households, joint.related as joint_related,
  consent.valid as consent_valid, report.summary as report, report.reported_on::text as reported_on, report.age_days
from app
cross join lateral (${OWN_LOANS}) own
cross join lateral (${HOUSEHOLD}) household
cross join lateral (${HOUSEHOLD_LOANS}) household_loans
cross join lateral (${MICRO_CREDIT}) micro
cross join lateral (${GUARANTOR_LOANS}) guarantors
cross join lateral (${LIVE_APPLICATIONS}) live
cross join lateral (${UNEXPLAINED_INSTALMENTS}) unexplained
cross join lateral (${SHARED_PAYEE}) payee
cross join lateral (${sharing('phone_blind')}) phone
cross join lateral (${sharing('address_blind')}) address
cross join lateral (${NAMESAKES}) namesakes
cross join lateral (${RISK_GROUP}) risk_group
cross join lateral (${TOP_TEN}) top_ten
cross join lateral (${OFFICERS}) officers
cross join lateral (${GAPS}) gaps
cross join lateral (${AUTHORITY}) authority
cross join lateral (${JOINT_GUARANTEE}) joint
cross join lateral (${CONSENT}) consent
left join lateral (${LAST_QUERY}) bureau on true
left join lateral (${REPORT}) report on true`;
