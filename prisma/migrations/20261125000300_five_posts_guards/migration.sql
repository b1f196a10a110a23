-- What must never be at the five posts, held by the database itself (G1, G1.1, G1.2, G2).

-- 1. Nobody acts at two posts of one loan, and nobody alone -------------------------------------------------------
alter table post_act add constraint post_act_one_post_each exclude using gist (
  union_id with =, application_id with =, staff_id with =, post with <>);
alter table post_act add constraint post_act_vote_is_whole check (
  (action = 'vote') = (deliberation_id is not null) and (action = 'vote') = (choice is not null));
alter table post_act add constraint post_act_return_says_where check ((action = 'send_back') = (return_to is not null));
alter table post_act add constraint post_act_says_why check (length(btrim(opinion)) > 0);
create unique index post_act_one_vote_each on post_act (union_id, deliberation_id, staff_id) where action = 'vote';

create function post_act_under_own_appointment() returns trigger language plpgsql as $$
begin
  if not exists (select from post_appointment p where p.union_id = new.union_id and p.id = new.appointment_id and p.staff_id = new.staff_id
      and p.valid_from <= (new.acted_at at time zone 'Asia/Shanghai')::date
      and (p.valid_to is null or p.valid_to >= (new.acted_at at time zone 'Asia/Shanghai')::date)) then
    raise exception 'nobody acts under an appointment that is not his own and in force' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger post_act_under_own_appointment before insert on post_act
  for each row execute function post_act_under_own_appointment();

-- 2. Votes: by members without a conflict, while the meeting is open ------------------------------------------------
create function vote_by_member_while_open() returns trigger language plpgsql as $$
begin
  perform from deliberation d where d.union_id = new.union_id and d.id = new.deliberation_id
    and d.application_id = new.application_id and d.closed_at is null for share;
  if not found then
    raise exception 'the deliberation is closed, or about another loan' using errcode = 'restrict_violation';
  end if;
  if not exists (select from deliberation_member m where m.union_id = new.union_id and m.deliberation_id = new.deliberation_id
      and m.staff_id = new.staff_id and m.conflict is null) then
    raise exception 'only a member without a conflict votes' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger vote_by_member_while_open before insert on post_act
  for each row when (new.action = 'vote') execute function vote_by_member_while_open();

create function deliberation_stays_closed() returns trigger language plpgsql as $$
begin
  if old.closed_at is not null or new.id <> old.id or new.application_id <> old.application_id or new.amount_fen <> old.amount_fen then
    raise exception 'minutes are frozen' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger deliberation_stays_closed before update on deliberation for each row execute function deliberation_stays_closed();
alter table deliberation add constraint deliberation_closed_whole check (
  num_nulls(closed_at, outcome, minutes, minutes_hash) in (0, 4));

create function members_stand_while_open() returns trigger language plpgsql as $$
begin
  if exists (select from deliberation d where d.union_id = new.union_id and d.id = new.deliberation_id and d.closed_at is not null) then
    raise exception 'the deliberation is closed' using errcode = 'restrict_violation';
  end if;
  if tg_op = 'UPDATE' and (new.staff_id <> old.staff_id or old.conflict is not null) then
    raise exception 'a member stays a member, and a conflict stays declared' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger members_stand_while_open before insert or update on deliberation_member
  for each row execute function members_stand_while_open();

-- 3. Release: only after four posts by four people, of the sum that was approved ------------------------------------
create function released_after_four_posts() returns trigger language plpgsql as $$
declare posts int;
begin
  select count(distinct a.post) into posts from post_act a
  where a.union_id = new.union_id and a.application_id = new.id and a.action in ('investigate', 'pass_review', 'vote', 'approve')
    and not exists (select from post_act b where b.union_id = a.union_id and b.application_id = a.application_id
      and b.action = 'send_back' and b.acted_at >= a.acted_at and b.id > a.id
      and array_position(array['investigation', 'review', 'deliberation', 'approval']::text[], b.return_to::text)
        <= array_position(array['investigation', 'review', 'deliberation', 'approval']::text[], a.post::text));
  if posts <> 4 then
    raise exception 'released by % of the four posts', posts using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger released_after_four_posts before update on loan_application
  for each row when (new.stage = 'released' and old.stage <> 'released') execute function released_after_four_posts();
create trigger never_inserted_released before insert on loan_application
  for each row when (new.stage = 'released') execute function released_after_four_posts();
alter table loan_application add constraint application_stage_has_route check (
  stage in ('intake', 'refused', 'withdrawn', 'lapsed') or route is not null) not valid;
alter table loan_application add constraint application_approved_at_most_asked check (
  approved_amount_fen is null or (approved_amount_fen > 0 and approved_amount_fen <= amount_fen));
create unique index loan_one_of_an_application on loan (union_id, application_id) where application_id is not null;

-- 4. Sums, terms, periods --------------------------------------------------------------------------------------------
alter table authority_limit add constraint authority_limit_sum check (limit_fen >= 0);
alter table authority_limit add constraint authority_limit_dates check (valid_to >= valid_from);
alter table authority_limit add constraint authority_limit_once exclude using gist (
  union_id with =, unit_id with =, category with =, daterange(valid_from, valid_to, '[]') with &&);
alter table approved_terms add constraint approved_terms_are_terms check (
  amount_fen > 0 and term_months between 1 and 600 and rate_ten_thousandths between 0 and 1000000 and length(btrim(payee)) > 0);
alter table loan_instalment add constraint loan_instalment_sums check (principal_fen >= 0 and interest_fen >= 0);

-- 5. Append-only, tenancy, the application role -----------------------------------------------------------------------
do $$
declare name text;
begin
  foreach name in array array['post_act', 'finding_answer', 'approved_terms', 'loan_contract', 'loan_instalment'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_change()', name || '_append_only', name);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', name || '_no_truncate', name);
  end loop;
  foreach name in array array['authority_limit', 'post_act', 'deliberation', 'deliberation_member', 'finding_answer', 'approved_terms',
      'loan_contract', 'loan_instalment'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy union_scope on %I using (union_id = (select nullif(current_setting(''app.union_id'', true), '''')::uuid)) '
      'with check (union_id = (select nullif(current_setting(''app.union_id'', true), '''')::uuid))', name);
    execute format('grant select, insert on %I to wugang_app', name);
  end loop;
end $$;
grant update on deliberation, deliberation_member to wugang_app;
