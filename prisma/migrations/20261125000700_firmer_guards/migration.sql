-- What the guards of the five posts say, they hold (G1, G1.1, G1.2).

-- 1. An act is done under an appointment of one's own, in force, to a post that the route gives the loan's post to ---
create or replace function post_act_under_own_appointment() returns trigger language plpgsql as $$
declare allowed text[];
begin
  select case a.route
      when 'within' then case new.post
        when 'investigation' then array['field_credit_officer']
        when 'review' then array['deputy_director', 'accounting_supervisor']
        when 'deliberation' then array['deliberation_group_member']
        when 'approval' then array['branch_director'] end
      when 'over' then case new.post
        when 'investigation' then array['customer_department_investigator']
        when 'review' then array['vice_president', 'head_of_credit_department']
        when 'deliberation' then array['approval_group_member']
        when 'approval' then array['president'] end end
    into allowed from loan_application a where a.union_id = new.union_id and a.id = new.application_id;
  if not exists (select from post_appointment p where p.union_id = new.union_id and p.id = new.appointment_id and p.staff_id = new.staff_id
      and (new.action = 'answer' or p.post::text = any(allowed))
      and p.valid_from <= (new.acted_at at time zone 'Asia/Shanghai')::date
      and (p.valid_to is null or p.valid_to >= (new.acted_at at time zone 'Asia/Shanghai')::date)) then
    raise exception 'nobody acts but under an appointment of his own, in force, to that post of the route' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create unique index post_act_one_review_each on post_act (union_id, application_id, round, staff_id) where action = 'pass_review';

create or replace function vote_by_member_while_open() returns trigger language plpgsql as $$
begin
  perform from deliberation d where d.union_id = new.union_id and d.id = new.deliberation_id
    and d.application_id = new.application_id and d.closed_at is null for share;
  if not found then
    raise exception 'the deliberation is closed, or about another loan' using errcode = 'restrict_violation';
  end if;
  perform from deliberation_member m where m.union_id = new.union_id and m.deliberation_id = new.deliberation_id
    and m.staff_id = new.staff_id and m.conflict is null for share;
  if not found then
    raise exception 'only a member without a conflict votes' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- 2. Release: from the stage of release, after four posts, of the sum that a carried deliberation and the approval gave -
create or replace function released_after_four_posts() returns trigger language plpgsql as $$
declare posts int;
begin
  if tg_op = 'INSERT' then
    raise exception 'nothing is released from nowhere' using errcode = 'restrict_violation';
  end if;
  select count(distinct a.post) into posts from post_act a
  where a.union_id = new.union_id and a.application_id = new.id and a.action in ('investigate', 'pass_review', 'vote', 'approve')
    and not exists (select from post_act b where b.union_id = a.union_id and b.application_id = a.application_id
      and b.action = 'send_back' and b.acted_at >= a.acted_at and b.id > a.id
      and array_position(array['investigation', 'review', 'deliberation', 'approval']::text[], b.return_to::text)
        <= array_position(array['investigation', 'review', 'deliberation', 'approval']::text[], a.post::text));
  if posts <> 4 then
    raise exception 'released by % of the four posts', posts using errcode = 'restrict_violation';
  end if;
  if old.stage <> 'release' then
    raise exception 'released from %', old.stage using errcode = 'restrict_violation';
  end if;
  if (select d.outcome from deliberation d where d.union_id = new.union_id and d.application_id = new.id order by d.round desc limit 1)
      is distinct from 'carried' then
    raise exception 'released without a deliberation that carried' using errcode = 'restrict_violation';
  end if;
  if (select t.amount_fen from approved_terms t where t.union_id = new.union_id and t.application_id = new.id order by t.round desc limit 1)
      is distinct from new.approved_amount_fen then
    raise exception 'released of another sum than was approved' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create function loan_as_released() returns trigger language plpgsql as $$
begin
  if not exists (select from loan_application a where a.union_id = new.union_id and a.id = new.application_id and a.stage = 'released'
      and a.party_id = new.party_id and a.branch_id = new.branch_id and a.approved_amount_fen = new.principal_fen) then
    raise exception 'a loan is what its application was released as' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger loan_as_released before insert on loan for each row when (new.application_id is not null) execute function loan_as_released();

-- 3. A contract number belongs to one application, in whatever round it is recorded -----------------------------------
drop index loan_contract_union_id_contract_no_key;
alter table loan_contract add constraint loan_contract_number_of_one exclude using gist (
  union_id with =, contract_no with =, application_id with <>);
