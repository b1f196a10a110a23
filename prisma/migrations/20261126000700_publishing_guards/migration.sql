-- Rules and parameters come into force by two people of the compliance post, one after the other, and never for days gone by; a
-- product is stopped by two people; a waiver is given by the post that the rule names, and ends. The application's role skips none of it.

-- Whether somebody holds one of these posts on the day of an instant.
create function on_post(of_union uuid, of_staff uuid, of_posts text[], at timestamptz) returns boolean language plpgsql stable as $$
declare today date := (at at time zone 'Asia/Shanghai')::date;
begin
  return exists (select from post_appointment p join staff s on s.union_id = p.union_id and s.id = p.staff_id
    where p.union_id = of_union and p.staff_id = of_staff and p.post::text = any(of_posts) and p.valid_from <= today
      and (p.valid_to is null or p.valid_to >= today) and (s.left_on is null or s.left_on >= today));
end $$;

-- 1. A draft goes by its table: draft, submitted, checked by another person, published; or returned with a reason ---------
create function draft_goes_by_its_table() returns trigger language plpgsql as $$
declare
  maker constant text[] := array['compliance_maker'];
  checker constant text[] := array['compliance_checker'];
  step text;
  may text[];
  grounds boolean;
begin
  if tg_op = 'INSERT' then
    if new.state <> 'draft' or new.version <> 1 or num_nonnulls(new.hash, new.effective_from, new.submitted_at, new.checker_id, new.checked_at,
        new.check_opinion, new.returned_by_id, new.returned_at, new.return_reason, new.published_by_id, new.published_at) > 0
        or not on_post(new.union_id, new.maker_id, maker, new.created_at) then
      raise exception 'a draft begins as a draft of a compliance maker' using errcode = 'restrict_violation';
    end if;
    return new;
  end if;
  step := old.state || ' ' || new.state;
  may := case
    when step in ('draft draft', 'returned draft') then array['title', 'content', 'parameters', 'cases']
    when step in ('draft submitted', 'returned submitted') then array['hash', 'effective_from', 'submitted_at']
    when step = 'submitted checked' then array['checker_id', 'checked_at', 'check_opinion']
    when step in ('submitted returned', 'checked returned') then array['returned_by_id', 'returned_at', 'return_reason', 'hash', 'effective_from',
      'submitted_at', 'checker_id', 'checked_at', 'check_opinion']
    when step = 'checked published' then array['published_by_id', 'published_at'] end;
  if may is null or new.version <> old.version + 1
      or to_jsonb(new) - (may || array['state', 'version']) <> to_jsonb(old) - (may || array['state', 'version']) then
    raise exception 'a draft goes from % to % by no step, or changes in what the step does not', old.state, new.state using errcode = 'restrict_violation';
  end if;
  grounds := case new.state
    when 'draft' then true
    when 'submitted' then (new.content is null) = (new.hash is null) and on_post(new.union_id, new.maker_id, maker, new.submitted_at)
      and new.effective_from >= (new.submitted_at at time zone 'Asia/Shanghai')::date
    when 'checked' then new.checker_id <> new.maker_id and on_post(new.union_id, new.checker_id, checker, new.checked_at)
      and on_post(new.union_id, new.maker_id, maker, new.checked_at) and new.check_opinion <> ''
    when 'returned' then new.return_reason <> '' and on_post(new.union_id, new.returned_by_id, maker || checker, new.returned_at)
      and num_nonnulls(new.hash, new.effective_from, new.submitted_at, new.checker_id, new.checked_at, new.check_opinion) = 0
    when 'published' then new.effective_from >= (new.published_at at time zone 'Asia/Shanghai')::date
      and on_post(new.union_id, new.published_by_id, maker || checker, new.published_at)
      and on_post(new.union_id, new.maker_id, maker, new.published_at) and on_post(new.union_id, new.checker_id, checker, new.published_at) end;
  if not coalesce(grounds, false) then
    raise exception 'rules are made by one person on post and checked by another, for days to come: no step to %', new.state
      using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger draft_goes_by_its_table before insert or update on rule_draft for each row execute function draft_goes_by_its_table();
alter table rule_draft add constraint rule_draft_proposes_something check (content is not null or jsonb_array_length(parameters) > 0);

-- When the transaction ends, what was published is in force whole.
create function published_whole() returns trigger language plpgsql as $$
begin
  if (new.hash is not null and not exists (select from rule_publication p where p.union_id = new.union_id and p.draft_id = new.id))
      or jsonb_array_length(new.parameters) <> (select count(*) from policy_parameter p where p.union_id = new.union_id and p.draft_id = new.id) then
    raise exception 'a draft is published whole' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create constraint trigger published_whole after update on rule_draft deferrable initially deferred
  for each row when (new.state = 'published') execute function published_whole();

-- 2. Books and publications: what was checked, as it was checked. A shipped book is put in force by the owner of the database --
create or replace function book_by_maker_and_checker() returns trigger language plpgsql as $$
begin
  if current_user = 'wugang_app' and not exists (select from rule_draft d where d.union_id = new.union_id and d.state = 'checked'
      and d.hash = new.hash and d.content = new.content and d.effective_from = new.effective_from and d.maker_id = new.maker_id
      and d.checker_id = new.checker_id) then
    raise exception 'a book is published by a maker and another checker' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create function publication_of_a_checked_draft() returns trigger language plpgsql as $$
begin
  if current_user = 'wugang_app' and (new.signature is null or new.public_key is null
      or new.effective_from < (new.published_at at time zone 'Asia/Shanghai')::date
      or not exists (select from rule_draft d where d.union_id = new.union_id and d.id = new.draft_id and d.state = 'checked'
        and d.hash = new.book_hash and d.effective_from = new.effective_from and d.maker_id = new.maker_id and d.checker_id = new.checker_id)) then
    raise exception 'what is put in force was made by one person and checked by another, and is signed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger publication_of_a_checked_draft before insert on rule_publication
  for each row execute function publication_of_a_checked_draft();
create unique index rule_publication_one_each on rule_publication (union_id, draft_id) where draft_id is not null;

create function of_a_published_draft() returns trigger language plpgsql as $$
begin
  if not exists (select from rule_draft d where d.union_id = new.union_id and d.id = new.draft_id and d.state = 'published') then
    raise exception 'in force by a draft that was not published' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create constraint trigger publication_of_a_published_draft after insert on rule_publication deferrable initially deferred
  for each row when (new.draft_id is not null) execute function of_a_published_draft();
create constraint trigger parameter_of_a_published_draft after insert on policy_parameter deferrable initially deferred
  for each row when (new.draft_id is not null) execute function of_a_published_draft();

insert into rule_publication (id, union_id, book_hash, effective_from, published_at, maker_id, checker_id)
  select id, union_id, hash, effective_from, published_at, maker_id, checker_id from rule_book;

-- 3. Parameters: by a checked draft; one ends where its change begins, the day before it began where it had not begun ------
alter table policy_parameter drop constraint policy_parameter_once;
alter table policy_parameter add constraint policy_parameter_once exclude using gist (
  union_id with =, key with =, daterange(valid_from, valid_to + 1, '[)') with &&);
alter table policy_parameter add constraint policy_parameter_dates check (valid_to is null or valid_to >= valid_from - 1);

create function parameter_of_a_checked_draft() returns trigger language plpgsql as $$
begin
  if current_user = 'wugang_app' and (new.valid_from < (new.created_at at time zone 'Asia/Shanghai')::date
      or not exists (select from rule_draft d cross join jsonb_array_elements(d.parameters) p
        where d.union_id = new.union_id and d.id = new.draft_id and d.state = 'checked' and p ->> 'key' = new.key and p -> 'value' = new.value
          and p ->> 'unit' = new.unit and (p ->> 'from')::date = new.valid_from and (p ->> 'to')::date is not distinct from new.valid_to
          and p -> 'source' ->> 'zh' = new.source and p -> 'source' ->> 'en' = new.source_en and p ->> 'clause' = new.clause
          and (p ->> 'own')::boolean = new.own and p ->> 'reason' = new.reason)) then
    raise exception 'a parameter is what one person proposed and another checked' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger parameter_of_a_checked_draft before insert on policy_parameter for each row execute function parameter_of_a_checked_draft();
create unique index policy_parameter_once_a_draft on policy_parameter (union_id, draft_id, key) where draft_id is not null;

create function parameter_ends_by_a_change() returns trigger language plpgsql as $$
begin
  if current_user = 'wugang_app' and not exists (select from policy_parameter p where p.union_id = new.union_id and p.key = new.key
      and p.draft_id is not null and p.xmin = pg_current_xact_id()::xid
      and (new.valid_to = p.valid_from - 1 or (new.valid_to = new.valid_from - 1 and new.valid_from >= p.valid_from))) then
    raise exception 'a parameter ends where a checked change of it begins' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create constraint trigger parameter_ends_by_a_change after update on policy_parameter deferrable initially deferred
  for each row execute function parameter_ends_by_a_change();

-- 4. A product is stopped, and its stop lifted, by two people within an hour -----------------------------------------------
create function stop_by_two_people() returns trigger language plpgsql as $$
declare
  posts constant text[] := array['president', 'vice_president', 'head_of_credit_department', 'compliance_maker', 'compliance_checker'];
  hour constant interval := interval '1 hour';
  may text[];
  grounds boolean;
begin
  if tg_op = 'INSERT' then
    if num_nonnulls(new.confirmed_by_id, new.confirmed_at, new.lift_reason, new.lift_ordered_by_id, new.lift_ordered_at, new.lifted_by_id, new.lifted_at) > 0
        or new.reason = '' or not on_post(new.union_id, new.ordered_by_id, posts, new.ordered_at) then
      raise exception 'a stop is ordered by one person on post, and not in force by that' using errcode = 'restrict_violation';
    end if;
    return new;
  end if;
  if old.lifted_at is null and old.confirmed_at is null then
    may := array['confirmed_by_id', 'confirmed_at'];
    grounds := new.confirmed_by_id <> new.ordered_by_id and new.confirmed_at between new.ordered_at and new.ordered_at + hour
      and on_post(new.union_id, new.confirmed_by_id, posts, new.confirmed_at);
  elsif old.lifted_at is null and new.lifted_at is null then
    may := array['lift_reason', 'lift_ordered_by_id', 'lift_ordered_at'];
    grounds := new.lift_reason <> '' and on_post(new.union_id, new.lift_ordered_by_id, posts, new.lift_ordered_at);
  elsif old.lifted_at is null then
    may := array['lifted_by_id', 'lifted_at'];
    grounds := new.lifted_by_id <> new.lift_ordered_by_id and new.lifted_at between new.lift_ordered_at and new.lift_ordered_at + hour
      and on_post(new.union_id, new.lifted_by_id, posts, new.lifted_at);
  end if;
  if may is null or not coalesce(grounds, false) or to_jsonb(new) - may <> to_jsonb(old) - may then
    raise exception 'a product is stopped by two people within an hour, and its stop lifted so' using errcode = 'restrict_violation';
  end if;
  -- Decisions on the product that are under way are waited for; those that come after see the stop.
  perform pg_advisory_xact_lock(hashtextextended('product stop ' || new.union_id || new.product_code, 0));
  return new;
end $$;
create trigger stop_by_two_people before insert or update on product_stop for each row execute function stop_by_two_people();
create unique index product_stop_standing on product_stop (union_id, product_code) where confirmed_at is not null and lifted_at is null;

-- Told as a collision: the command is begun again, and then sees the stop.
create function product_not_stopped() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('product stop ' || new.union_id || new.product_code, 0));
  if exists (select from product_stop s where s.union_id = new.union_id and s.product_code = new.product_code
      and s.confirmed_at is not null and s.lifted_at is null) then
    raise exception 'the product is stopped' using errcode = 'serialization_failure';
  end if;
  return new;
end $$;
create trigger product_not_stopped before insert on decision for each row
  when (new.checkpoint in ('intake', 'release')) execute function product_not_stopped();

-- 5. An answer is given to a REFER finding and stands; a waiver by the post that the rule names, of a BLOCK too, until its day ---
alter table finding_answer add constraint finding_answer_one_at_a_time exclude using gist (union_id with =, finding_id with =,
  daterange((answered_at at time zone 'Asia/Shanghai')::date, waived_until + 1, '[)') with &&);

create function waived_by_the_named_post() returns trigger language plpgsql as $$
declare found record;
begin
  select f.rule_id, f.excepted, f.verdict, coalesce(f.book_hash, d.book_hash) as book_hash into found
    from finding f join decision d on d.union_id = f.union_id and d.id = f.decision_id
    where f.union_id = new.union_id and f.id = new.finding_id;
  if new.waived_until is null and found.verdict <> 'REFER' then
    raise exception 'only what was referred is answered' using errcode = 'restrict_violation';
  end if;
  if new.waived_until is not null and (new.waived_until < (new.answered_at at time zone 'Asia/Shanghai')::date
      or found.verdict not in ('REFER', 'BLOCK') or not exists (select from rule_book b cross join jsonb_array_elements(b.content -> 'rules') r
        join post_appointment p on p.union_id = new.union_id and p.id = new.appointment_id
        where b.union_id = new.union_id and b.hash = found.book_hash and r ->> 'id' = found.rule_id
          and p.post::text = coalesce((select e ->> 'answeredBy' from jsonb_array_elements(r -> 'exceptions') e where e ->> 'clause' = found.excepted),
            r ->> 'answeredBy'))) then
    raise exception 'a finding is waived by the post that its rule names, until a day to come' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger waived_by_the_named_post before insert on finding_answer for each row execute function waived_by_the_named_post();

-- What a waiver lets by, in the guards of the intake and of the release: each is its former text but for the line named here.
create function pg_temp.reword(guard regproc, was text, now text) returns void language plpgsql as $$
declare whole text := pg_get_functiondef(guard);
begin
  if position(was in whole) = 0 then
    raise exception '% does not say: %', guard, was;
  end if;
  execute replace(whole, was, now);
end $$;
select pg_temp.reword('application_moves_by_its_table',
  $$d.verdict <> 'BLOCK' and d.verdict = new.intake_verdict and d.book_hash = new.book_hash)$$,
  $$d.book_hash = new.book_hash and case when d.verdict <> 'BLOCK' then d.verdict = new.intake_verdict
        else new.intake_verdict = 'REFER' and exists (select from finding f where f.union_id = d.union_id and f.decision_id = d.id and f.verdict = 'BLOCK')
          and not exists (select from finding f where f.union_id = d.union_id and f.decision_id = d.id and f.verdict = 'BLOCK'
            and not exists (select from finding_answer n join finding g on g.union_id = n.union_id and g.id = n.finding_id
              join decision e on e.union_id = n.union_id and e.id = g.decision_id
              where n.union_id = d.union_id and e.application_id = d.application_id and e.checkpoint = 'intake' and g.rule_id = f.rule_id
                and g.operands = f.operands and n.waived_until >= d.business_date)) end)$$);
select pg_temp.reword('released_by_its_check', $$checked.verdict is null or checked.verdict = 'BLOCK'$$, 'checked.verdict is null');
select pg_temp.reword('released_by_its_check', 'e.application_id = new.id and g.operands = f.operands',
  $$e.application_id = new.id and g.operands = f.operands
          and case when n.waived_until is null then f.verdict = 'REFER' else n.waived_until >= checked.business_date end$$);

-- The findings of intake and review: what was referred is answered, what blocked is waived, on the day of the release.
create or replace function released_with_answers() returns trigger language plpgsql as $$
declare returned uuid; checked record; open int; today date := (new.stage_since at time zone 'Asia/Shanghai')::date;
begin
  select max(b.id::text)::uuid into returned from post_act b where b.union_id = new.union_id and b.application_id = new.id
    and b.action = 'send_back' and b.return_to in ('investigation', 'review');
  select d.id, d.verdict into checked from decision d where d.union_id = new.union_id and d.application_id = new.id and d.checkpoint = 'review'
    and (returned is null or d.id > returned) order by d.decided_at desc, d.id desc limit 1;
  if checked.verdict is null or (checked.verdict = 'BLOCK' and not exists (select from finding f
      where f.union_id = new.union_id and f.decision_id = checked.id and f.verdict = 'BLOCK')) then
    raise exception 'released without a check at the review that lets it pass' using errcode = 'restrict_violation';
  end if;
  select count(*) into open from (select distinct on (d.checkpoint) d.id, d.checkpoint from decision d
      where d.union_id = new.union_id and d.application_id = new.id and d.checkpoint in ('intake', 'review')
      order by d.checkpoint, d.decided_at desc, d.id desc) newest
    join finding f on f.union_id = new.union_id and f.decision_id = newest.id and f.verdict in ('REFER', 'BLOCK')
    where not exists (select from finding_answer n join finding g on g.union_id = n.union_id and g.id = n.finding_id
      join decision e on e.union_id = n.union_id and e.id = g.decision_id
      where n.union_id = new.union_id and e.application_id = new.id and e.checkpoint = newest.checkpoint
        and g.rule_id = f.rule_id and g.operands = f.operands
        and case when n.waived_until is null then f.verdict = 'REFER' else n.waived_until >= today end);
  if open > 0 then
    raise exception 'released with % findings that nobody answered', open using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- 6. Every step leaves its trace, and is recorded when it happens -------------------------------------------------------------
create function step_is_in_the_trail() returns trigger language plpgsql as $$
begin
  if not exists (select from audit_event e where e.union_id = new.union_id and e.subject_kind = tg_table_name and e.subject_id = new.id
      and e.xmin = pg_current_xact_id()::xid) then
    raise exception 'nothing is done without its audit row' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create constraint trigger draft_is_in_the_trail after insert or update on rule_draft deferrable initially deferred
  for each row execute function step_is_in_the_trail();
create constraint trigger stop_is_in_the_trail after insert or update on product_stop deferrable initially deferred
  for each row execute function step_is_in_the_trail();

do $$
declare one text[];
begin
  foreach one slice 1 in array array[['rule_draft', 'created_at'], ['rule_publication', 'published_at'], ['product_stop', 'ordered_at'],
      ['policy_parameter', 'created_at']] loop
    execute format('create trigger %I before insert on %I for each row '
      'when (new.%I not between now() - interval ''30 minutes'' and clock_timestamp() + interval ''30 minutes'') '
      'execute function refuse_way_around(''is recorded when it happens'')', one[1] || '_' || one[2] || '_of_now', one[1], one[2]);
  end loop;
  foreach one slice 1 in array array[['rule_draft', 'submitted_at'], ['rule_draft', 'checked_at'], ['rule_draft', 'returned_at'],
      ['rule_draft', 'published_at'], ['product_stop', 'confirmed_at'], ['product_stop', 'lift_ordered_at'], ['product_stop', 'lifted_at']] loop
    execute format('create trigger %I before update on %I for each row '
      'when (new.%3$I is distinct from old.%3$I and new.%3$I not between now() - interval ''30 minutes'' and clock_timestamp() + interval ''30 minutes'') '
      'execute function refuse_way_around(''is recorded when it happens'')', one[1] || '_' || one[2] || '_of_now', one[1], one[2]);
  end loop;
end $$;

-- 7. Tenancy, rights, and where a guard looks ----------------------------------------------------------------------------------
do $$
declare name text; one regprocedure;
begin
  execute 'create trigger rule_publication_append_only before update or delete on rule_publication for each row execute function refuse_change()';
  execute 'create trigger rule_publication_no_truncate before truncate on rule_publication for each statement execute function refuse_change()';
  foreach name in array array['rule_draft', 'rule_publication', 'product_stop'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy union_scope on %I using (union_id = (select nullif(current_setting(''app.union_id'', true), '''')::uuid)) '
      'with check (union_id = (select nullif(current_setting(''app.union_id'', true), '''')::uuid))', name);
    execute format('grant select, insert on %I to wugang_app', name);
  end loop;
  for one in select p.oid::regprocedure from pg_proc p where p.pronamespace = current_schema()::regnamespace
    and p.proname in ('on_post', 'draft_goes_by_its_table', 'published_whole', 'book_by_maker_and_checker', 'publication_of_a_checked_draft',
      'of_a_published_draft', 'parameter_of_a_checked_draft', 'parameter_ends_by_a_change', 'stop_by_two_people', 'product_not_stopped',
      'waived_by_the_named_post', 'released_with_answers', 'step_is_in_the_trail') loop
    execute format('alter function %s set search_path = %I, pg_temp', one, current_schema());
    execute format('revoke execute on function %s from public', one);
  end loop;
end $$;
grant execute on function on_post(uuid, uuid, text[], timestamptz) to wugang_app;
grant insert on policy_parameter to wugang_app;
grant update (state, title, content, parameters, cases, hash, effective_from, submitted_at, checker_id, checked_at, check_opinion, returned_by_id,
  returned_at, return_reason, published_by_id, published_at, version) on rule_draft to wugang_app;
grant update (confirmed_by_id, confirmed_at, lift_reason, lift_ordered_by_id, lift_ordered_at, lifted_by_id, lifted_at) on product_stop to wugang_app;
