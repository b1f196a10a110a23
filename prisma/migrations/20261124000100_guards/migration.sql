-- What must never be, held by the database itself: checks, exclusions, append-only tables, tenancy, the application role.
create extension if not exists btree_gist;

-- 1. Checks -----------------------------------------------------------------------------------------------------
alter table org_unit add constraint org_unit_branch_has_location
  check (kind not in ('branch', 'sub_branch', 'business_department') or location is not null);
alter table org_unit add constraint org_unit_dates check (closed_on is null or opened_on is null or closed_on >= opened_on);
alter table staff add constraint staff_dates check (left_on is null or left_on >= joined_on);
alter table post_appointment add constraint post_appointment_dates check (valid_to is null or valid_to >= valid_from);
alter table post_appointment add constraint post_appointment_once exclude using gist (
  union_id with =, staff_id with =, unit_id with =, post with =,
  daterange(valid_from, valid_to, '[]') with &&);
alter table party add constraint party_identity_whole check (
  (identity_cipher is null) = (identity_blind is null) and (identity_blind is null) = (identity_tail is null)
  and (identity_blind is null) = (identity_kind is null));
alter table party add constraint party_phone_whole check ((phone_cipher is null) = (phone_blind is null));
alter table party add constraint party_income check (monthly_income_fen is null or monthly_income_fen >= 0);
alter table household_member add constraint household_member_dates check (valid_to is null or valid_to >= valid_from);
alter table party_link add constraint party_link_two_parties check (from_party_id <> to_party_id);
alter table party_link add constraint party_link_dates check (valid_to is null or valid_to >= valid_from);
alter table joint_guarantee_member add constraint joint_guarantee_member_dates check (valid_to is null or valid_to >= valid_from);
alter table standing_payment add constraint standing_payment_amount check (amount_fen is null or amount_fen >= 0);
alter table loan add constraint loan_amounts check (principal_fen > 0 and balance_fen >= 0);
alter table loan add constraint loan_settled_is_zero check (status <> 'settled' or balance_fen = 0);
alter table loan add constraint loan_dates check ((due_on is null or due_on >= issued_on) and (settled_on is null or settled_on >= issued_on));
alter table loan add constraint loan_overdue check (overdue_days is null or overdue_days >= 0);
alter table guarantee add constraint guarantee_of_one check (num_nonnulls(loan_id, application_id) = 1);
alter table guarantee add constraint guarantee_amount check (amount_fen is null or amount_fen > 0);
alter table loan_application add constraint application_amount check (amount_fen > 0 and amount_fen <= 9007199254740991);
alter table loan_application add constraint application_term check (term_months between 1 and 600);
alter table loan_application add constraint application_closed check ((stage = 'withdrawn') = (closed_at is not null));
alter table loan_application add constraint application_past_intake check (
  stage <> 'investigation' or (intake_verdict is not null and intake_verdict <> 'BLOCK' and waiting_for is null));
alter table bureau_consent add constraint bureau_consent_dates check (expires_on >= signed_on);
alter table policy_parameter add constraint policy_parameter_once exclude using gist (
  union_id with =, key with =, daterange(valid_from, valid_to, '[]') with &&);
alter table appraisal_panel add constraint appraisal_panel_dates check (agreement_to >= agreement_from);
alter table audit_event add constraint audit_event_has_actor check (length(actor_name) > 0 and length(request_id) > 0);
alter table idempotency_key add constraint idempotency_key_length check (length(key) between 8 and 200);

-- 2. Append-only ------------------------------------------------------------------------------------------------
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;

do $$
declare name text;
begin
  foreach name in array array['audit_event', 'decision', 'finding', 'rule_book', 'parameter_set', 'bureau_report'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_change()', name || '_append_only', name);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', name || '_no_truncate', name);
  end loop;
end $$;

-- 3. Exposure per borrower, kept from the ledger ------------------------------------------------------------------
create function keep_party_exposure() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into party_exposure (id, union_id, party_id, outstanding_fen, outstanding_loans)
    select gen_random_uuid(), union_id, party_id, sum(balance_fen), count(*) filter (where status = 'outstanding')
    from changed_new where status = 'outstanding' group by union_id, party_id order by party_id
    on conflict (union_id, party_id) do update set
      outstanding_fen = party_exposure.outstanding_fen + excluded.outstanding_fen,
      outstanding_loans = party_exposure.outstanding_loans + excluded.outstanding_loans;
  else
    insert into party_exposure (id, union_id, party_id, outstanding_fen, outstanding_loans)
    select gen_random_uuid(), union_id, party_id, sum(fen), sum(loans) from (
      select union_id, party_id, balance_fen as fen, 1 as loans from changed_new where status = 'outstanding'
      union all
      select union_id, party_id, -balance_fen, -1 from changed_old where status = 'outstanding') moved
    group by union_id, party_id order by party_id
    on conflict (union_id, party_id) do update set
      outstanding_fen = party_exposure.outstanding_fen + excluded.outstanding_fen,
      outstanding_loans = party_exposure.outstanding_loans + excluded.outstanding_loans;
  end if;
  return null;
end $$;
create trigger loan_exposure_insert after insert on loan referencing new table as changed_new
  for each statement execute function keep_party_exposure();
create trigger loan_exposure_update after update on loan referencing new table as changed_new old table as changed_old
  for each statement execute function keep_party_exposure();

-- 4. Human numbers: per union, name and year ----------------------------------------------------------------------
create function next_number(of_union uuid, of_name text, of_year int) returns int language sql as $$
  insert into number_sequence (id, union_id, name, year, last_number) values (gen_random_uuid(), of_union, of_name, of_year, 1)
  on conflict (union_id, name, year) do update set last_number = number_sequence.last_number + 1
  returning last_number
$$;

-- 5. Tenancy: a row of another union is neither seen nor written --------------------------------------------------
do $$
declare name text;
begin
  for name in select table_name from information_schema.columns
    where table_schema = current_schema() and column_name = 'union_id' loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy union_scope on %I using (union_id = (select nullif(current_setting(''app.union_id'', true), '''')::uuid)) '
      'with check (union_id = (select nullif(current_setting(''app.union_id'', true), '''')::uuid))', name);
  end loop;
end $$;
-- Signing in comes before the union is known: exactly the account whose login is stated may be read.
create policy sign_in on user_account for select using (login = nullif(current_setting('app.sign_in_login', true), ''));
-- The dispatcher walks all unions' undispatched rows, which carry ids only.
alter table county_union enable row level security;
alter table county_union force row level security;
create policy county_union_read on county_union for select using (true);
create policy county_union_write on county_union for all using (id = nullif(current_setting('app.union_id', true), '')::uuid)
  with check (id = nullif(current_setting('app.union_id', true), '')::uuid);

-- 6. The application role owns nothing ----------------------------------------------------------------------------
do $$
begin
  if not exists (select from pg_roles where rolname = 'wugang_app') then
    create role wugang_app nologin nosuperuser nocreatedb nocreaterole noinherit;
  end if;
  execute format('grant connect, temporary on database %I to wugang_app', current_database());
  execute format('grant usage on schema %I to wugang_app', current_schema());
  execute format('grant select, insert on all tables in schema %I to wugang_app', current_schema());
  execute format('revoke insert on county_union from wugang_app');
end $$;
grant update on org_unit, staff, post_appointment, user_account, user_session, party, household, household_member, party_link,
  joint_guarantee_group, joint_guarantee_member, product, deposit_account, account_holder, standing_payment, loan, guarantee,
  party_exposure, loan_application, bureau_consent, bureau_query, policy_parameter, appraisal_firm, appraisal_panel,
  appraisal_specimen, outbox_event, idempotency_key, number_sequence, import_run to wugang_app;
revoke all on _prisma_migrations from wugang_app;

-- 7. The job queue has a role and a schema of its own, and sees no business table ---------------------------------
do $$
begin
  if not exists (select from pg_roles where rolname = 'wugang_queue') then
    create role wugang_queue nologin nosuperuser nocreatedb nocreaterole noinherit;
  end if;
  execute format('grant connect, create on database %I to wugang_queue', current_database());
end $$;
