-- Account numbers: found by their blind index. What an earlier version kept in the clear is sealed at the next start.
alter table deposit_account rename column external_ref to account_key;
alter table deposit_account add column account_cipher bytea;
alter index deposit_account_union_id_external_ref_key rename to deposit_account_union_id_account_key_key;
create index deposit_account_unsealed on deposit_account (union_id, id) where account_cipher is null;

-- The ring of keys. Nothing of a union lies in it; the application reads it, the owner alone writes.
CREATE TABLE "data_key" (
    "id" SMALLINT NOT NULL,
    "wrapped" BYTEA,
    "usable_from" TIMESTAMPTZ(6) NOT NULL,
    "retired_at" TIMESTAMPTZ(6),
    "destroyed_at" TIMESTAMPTZ(6),

    CONSTRAINT "data_key_pkey" PRIMARY KEY ("id")
);
alter table data_key add constraint data_key_id check (id between 1 and 255);
alter table data_key add constraint data_key_life check (
  (destroyed_at is null or retired_at is not null) and (id = 1 or (wrapped is null) = (destroyed_at is not null)));
insert into data_key (id, usable_from) values (1, now());
-- Of no union: read by all, written by the owner, who alone has the right to.
alter table data_key enable row level security;
alter table data_key force row level security;
create policy ring on data_key using (true) with check (true);
grant select on data_key to wugang_app;

-- Nothing is written under a key that was retired: it would be lost with it.
create function refuse_retired_key() returns trigger language plpgsql as $$
declare key int;
begin
  execute format('select get_byte(($1).%I, 0)', tg_argv[0]) into key using new;
  if not exists (select from data_key where id = key and retired_at is null) then
    raise exception '% of % is sealed under key %, which is not in use', tg_argv[0], tg_table_name, key
      using errcode = 'serialization_failure';
  end if;
  return new;
end $$;

do $$
declare sealed record;
begin
  for sealed in select table_name as of, column_name as name from information_schema.columns
    where table_schema = current_schema() and column_name like '%\_cipher' loop
    execute format(
      'create trigger %I before insert or update of %I on %I for each row when (new.%I is not null) execute function refuse_retired_key(%L)',
      sealed.of || '_' || sealed.name || '_key', sealed.name, sealed.of, sealed.name, sealed.name);
  end loop;
end $$;

-- A bureau report stays as it came: its whole is sealed anew when keys are rotated, by the owner, and wiped when it expires.
create function refuse_change_of_report() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (to_jsonb(old) - 'whole_cipher') = (to_jsonb(new) - 'whole_cipher') and old.whole_cipher is not null then
    return new;
  end if;
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end $$;
drop trigger bureau_report_append_only on bureau_report;
create trigger bureau_report_append_only before update or delete on bureau_report for each row execute function refuse_change_of_report();
create index bureau_report_whole on bureau_report (union_id, reported_on) where whole_cipher is not null;

-- The application cannot write a report; it may have those wiped that are older than the union's policy says, and no others.
create function expire_bureau_reports(today date) returns int language plpgsql security definer as $$
declare kept_days int; wiped int;
begin
  select (value #>> '{}')::int into kept_days from policy_parameter
    where union_id = nullif(current_setting('app.union_id', true), '')::uuid and key = 'policy.bureauReportKeptDays'
      and valid_from <= today and (valid_to is null or valid_to >= today);
  if kept_days is null or kept_days < 365 or today > current_date + 1 then return 0; end if;
  update bureau_report set whole_cipher = null
    where union_id = nullif(current_setting('app.union_id', true), '')::uuid and whole_cipher is not null
      and reported_on < today - kept_days;
  get diagnostics wiped = row_count;
  return wiped;
end $$;

-- As for every guard: it looks in its own schema alone, and is nobody's to call but where that is said.
do $$
declare one regprocedure;
begin
  for one in select p.oid::regprocedure from pg_proc p
    where p.pronamespace = current_schema()::regnamespace and p.proname in ('refuse_retired_key', 'refuse_change_of_report', 'expire_bureau_reports') loop
    execute format('alter function %s set search_path = %I, pg_temp', one, current_schema());
    execute format('revoke execute on function %s from public', one);
  end loop;
end $$;
grant execute on function expire_bureau_reports(date) to wugang_app;
-- Asked by the guards of appointments, which run as who writes.
grant execute on function posts_incompatible(post, post, boolean), post_sits_at(post, org_unit_kind) to wugang_app;

grant update (password_one_time, totp_cipher, totp_since, totp_last_step, oidc_key) on user_account to wugang_app;
grant update (end_reason) on post_appointment to wugang_app;
