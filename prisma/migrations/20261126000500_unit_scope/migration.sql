-- Tenancy by unit, beneath the usecases' own checks: a transaction sees and writes what belongs to the units that it names in
-- app.unit_scope, `all` or ids with commas between, and nothing of these tables where it names none. Restrictive: the union's
-- policy holds beside it.

-- 1. Policies. Both settings are read once a statement; `all` passes before anything is looked up. `offset 0`: a parent is
--    looked up by its index, row by row, never gathered whole beforehand ------------------------------------------------------
do $$
declare
  whole constant text := '(select current_setting(''app.unit_scope'', true)) = ''all''';
  units constant text := '((select string_to_array(nullif(current_setting(''app.unit_scope'', true), ''all''), '','')::uuid[])::uuid[])';
  one text[];
begin
  -- What belongs to a unit by itself.
  foreach one slice 1 in array array[['loan_application', 'branch_id'], ['loan', 'branch_id'], ['deposit_account', 'branch_id']] loop
    execute format('create policy unit_scope on %I as restrictive using (%s or %I = any %s)', one[1], whole, one[2], units);
  end loop;
  -- A customer is seen at the home unit and where one applies, and is changed at the home unit.
  execute format('create policy unit_scope on party as restrictive using (%s or home_unit_id = any %s
    or exists (select from loan_application a where a.union_id = party.union_id and a.party_id = party.id offset 0))', whole, units);
  execute format('create policy unit_scope_change on party as restrictive for update using (%s or home_unit_id = any %s)', whole, units);
  -- What belongs to such a record goes with it, whose own policy is asked.
  foreach one slice 1 in array array[['decision', 'application_id', 'loan_application'], ['post_act', 'application_id', 'loan_application'],
      ['deliberation', 'application_id', 'loan_application'], ['approved_terms', 'application_id', 'loan_application'],
      ['loan_contract', 'application_id', 'loan_application'], ['loan_document', 'application_id', 'loan_application'],
      ['legal_signature', 'application_id', 'loan_application'], ['collateral', 'application_id', 'loan_application'],
      ['finding_answer', 'finding_id', 'finding'],
      ['deliberation_member', 'deliberation_id', 'deliberation'],
      ['title_check', 'collateral_id', 'collateral'], ['market_evidence', 'collateral_id', 'collateral'],
      ['appraisal', 'collateral_id', 'collateral'], ['specimen_comparison', 'appraisal_id', 'appraisal'],
      ['loan_instalment', 'loan_id', 'loan'], ['account_holder', 'account_id', 'deposit_account'],
      ['standing_payment', 'account_id', 'deposit_account'],
      ['bureau_query', 'party_id', 'party'], ['bureau_report', 'party_id', 'party']] loop
    execute format('create policy unit_scope on %I as restrictive using (%s
      or exists (select from %I parent where parent.union_id = %I.union_id and parent.id = %I.%I offset 0))',
      one[1], whole, one[3], one[1], one[1], one[2]);
  end loop;
  -- Findings are written by the statement that writes their decision, which their own check could not see yet: the trigger below.
  execute format('create policy unit_scope on finding as restrictive for select using (%s
    or exists (select from decision d where d.union_id = finding.union_id and d.id = finding.decision_id offset 0))', whole);
  execute format('create policy unit_scope on guarantee as restrictive using (%s
    or exists (select from loan l where l.union_id = guarantee.union_id and l.id = guarantee.loan_id offset 0)
    or exists (select from loan_application a where a.union_id = guarantee.union_id and a.id = guarantee.application_id offset 0))', whole);
  -- A customer signs where the loan is asked for, which need not be the home unit: a consent is of the unit of who recorded it, too.
  execute format('create policy unit_scope on bureau_consent as restrictive using (%s
    or exists (select from party p where p.union_id = bureau_consent.union_id and p.id = bureau_consent.party_id offset 0)
    or exists (select from post_appointment q where q.union_id = bureau_consent.union_id and q.staff_id = bureau_consent.recorded_by_id
      and q.unit_id = any %s offset 0))', whole, units);
end $$;

create function findings_in_scope() returns trigger language plpgsql as $$
begin
  if current_setting('app.unit_scope', true) is distinct from 'all' and exists (select from added
      where not exists (select from decision d where d.union_id = added.union_id and d.id = added.decision_id)) then
    raise exception 'findings on a decision of another unit' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
create trigger findings_in_scope after insert on finding referencing new table as added
  for each statement execute function findings_in_scope();

-- 2. What crosses branches for everybody, each by one function that gives the least that is needed. They widen the scope for
--    their own statement; they run by the right of who calls, so that the policy of the union holds within them ---------------

-- The full in-house search (全数据库检索, M2): what a decision needs of whoever is found, and no more.
create function in_house_search(of_identity bytea, of_name text, born date, of_phone bytea, of_household text, today date)
returns table (branches int, customers jsonb) language plpgsql as $$
declare
  held text := current_setting('app.unit_scope', true);
  here uuid := nullif(current_setting('app.union_id', true), '')::uuid;
begin
  perform set_config('app.unit_scope', 'all', true);
  return query
  with hit as (
    select p.id, 'identity' as led from party p where p.union_id = here and p.identity_blind = of_identity
    union all select p.id, 'name-and-birth-date' from party p where p.union_id = here and p.name = of_name and p.birth_date = born
    union all select p.id, 'phone' from party p where p.union_id = here and p.phone_blind = of_phone
    union all select m.party_id, 'household' from household h
      join household_member m on m.union_id = here and m.household_id = h.id and m.valid_from <= today and (m.valid_to is null or m.valid_to >= today)
      where h.union_id = here and h.code = of_household),
  found as (
    select every_hit.id, array_agg(distinct every_hit.led) as found_by from (
      select hit.id, hit.led from hit
      union all
      select other.party_id, 'same-household' from hit
      join household_member mine on mine.union_id = here and mine.party_id = hit.id and mine.valid_from <= today and (mine.valid_to is null or mine.valid_to >= today)
      join household_member other on other.union_id = here and other.household_id = mine.household_id and other.party_id <> hit.id
        and other.valid_from <= today and (other.valid_to is null or other.valid_to >= today)) every_hit
    group by every_hit.id limit 200)
  select (select count(*)::int from org_unit u where u.union_id = here and u.kind in ('branch', 'sub_branch', 'business_department')),
    coalesce(jsonb_agg(jsonb_build_object(
      'customerId', p.id, 'name', p.name, 'identityMasked', '****' || p.identity_tail, 'foundBy', found.found_by, 'homeUnit', unit.name,
      'loans', coalesce((select jsonb_agg(jsonb_build_object('loanNo', l.loan_no, 'branch', b.name, 'kind', l.kind, 'status', l.status,
        'class', l.five_tier, 'balanceFen', l.balance_fen, 'issuedOn', l.issued_on) order by l.issued_on, l.loan_no)
        from loan l join org_unit b on b.union_id = here and b.id = l.branch_id where l.union_id = here and l.party_id = p.id), '[]'),
      'guarantees', coalesce((select jsonb_agg(jsonb_build_object('loanNo', l.loan_no, 'class', l.five_tier, 'status', l.status, 'balanceFen', l.balance_fen))
        from guarantee g join loan l on l.union_id = here and l.id = g.loan_id where g.union_id = here and g.guarantor_id = p.id), '[]'),
      'applications', coalesce((select jsonb_agg(jsonb_build_object('fileNo', a.file_no, 'branch', b.name, 'stage', a.stage, 'amountFen', a.amount_fen) order by a.file_no)
        from loan_application a join org_unit b on b.union_id = here and b.id = a.branch_id
        where a.union_id = here and a.party_id = p.id and a.stage <> 'withdrawn'), '[]')
    ) order by p.name, p.id) filter (where p.id is not null), '[]')
  from found join party p on p.union_id = here and p.id = found.id left join org_unit unit on unit.union_id = here and unit.id = p.home_unit_id;
  perform set_config('app.unit_scope', coalesce(held, ''), true);
end $$;

-- Whether these are customers, and of which unit: to lend to one of another branch, to guarantee, to link.
create function customer_homes(wanted uuid[]) returns table (id uuid, home_unit_id uuid) language plpgsql as $$
declare held text := current_setting('app.unit_scope', true);
begin
  perform set_config('app.unit_scope', 'all', true);
  return query select p.id, p.home_unit_id from party p
    where p.union_id = nullif(current_setting('app.union_id', true), '')::uuid and p.id = any(wanted);
  perform set_config('app.unit_scope', coalesce(held, ''), true);
end $$;

-- Whether somebody is a customer already: each is registered once in the union (M2).
create function customer_of_identity(of_identity bytea) returns uuid language plpgsql as $$
declare held text := current_setting('app.unit_scope', true); found uuid;
begin
  perform set_config('app.unit_scope', 'all', true);
  found := (select p.id from party p where p.union_id = nullif(current_setting('app.union_id', true), '')::uuid and p.identity_blind = of_identity);
  perform set_config('app.unit_scope', coalesce(held, ''), true);
  return found;
end $$;

-- The unit of an application or a customer: to say that a record is another unit's instead of that there is none.
create function unit_of_record(wanted uuid) returns uuid language plpgsql as $$
declare held text := current_setting('app.unit_scope', true); here uuid := nullif(current_setting('app.union_id', true), '')::uuid; found uuid;
begin
  perform set_config('app.unit_scope', 'all', true);
  found := coalesce((select a.branch_id from loan_application a where a.union_id = here and a.id = wanted),
    (select p.home_unit_id from party p where p.union_id = here and p.id = wanted));
  perform set_config('app.unit_scope', coalesce(held, ''), true);
  return found;
end $$;

do $$
declare one regprocedure;
begin
  for one in select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace
    and p.proname in ('findings_in_scope', 'in_house_search', 'customer_homes', 'customer_of_identity', 'unit_of_record') loop
    execute format('alter function %s set search_path = %I, pg_temp', one, current_schema());
    execute format('revoke execute on function %s from public', one);
  end loop;
end $$;
grant execute on function in_house_search(bytea, text, date, bytea, text, date), customer_homes(uuid[]), customer_of_identity(bytea),
  unit_of_record(uuid) to wugang_app;
