-- No way around the posts (五岗, G1): whoever holds the application's own role and password moves, releases and rewrites nothing
-- that the product would not. Found by `apps/cli/verify/bypass`, which tries them all.

create function refuse_way_around() returns trigger language plpgsql as $$
begin
  raise exception '%: %', tg_table_name, tg_argv[0] using errcode = 'restrict_violation';
end $$;

-- 1. Columns that nothing of the product changes are not the role's to change --------------------------------------
revoke update on loan_application, post_appointment, user_account, user_session, loan, guarantee, product, bureau_consent, bureau_query,
  policy_parameter, appraisal_firm, outbox_event, idempotency_key, import_run, import_gap, deliberation, deliberation_member,
  joint_guarantee_group, household from wugang_app;
grant update (stage, intake_verdict, waiting_for, book_hash, route, round, approved_amount_fen, closed_at, closed_reason, stage_since, version)
  on loan_application to wugang_app;
grant update (valid_to) on post_appointment to wugang_app;
grant update (password_hash, failed_attempts, locked_until, disabled_at) on user_account to wugang_app;
grant update (last_seen_at, revoked_at) on user_session to wugang_app;
grant update (branch_id, party_id, product_code, kind, status, five_tier, principal_fen, balance_fen, issued_on, due_on, settled_on,
  overdue_days, repayment_account_id, version) on loan to wugang_app;
grant update (loan_id, application_id, kind, amount_fen, valid_from, valid_to) on guarantee to wugang_app;
grant update (expires_on, evidence, revoked_on) on bureau_consent to wugang_app;
grant update (outcome, detail, answered_at, attempts) on bureau_query to wugang_app;
grant update (valid_to) on policy_parameter to wugang_app;
grant update (dispatched_at) on outbox_event to wugang_app;
grant update (status, response) on idempotency_key to wugang_app;
grant update (closed_at) on import_gap to wugang_app;
grant update (closed_at, outcome, minutes, minutes_hash) on deliberation to wugang_app;
grant update (conflict) on deliberation_member to wugang_app;
revoke insert on policy_parameter, product from wugang_app;

-- What a trigger or a function keeps is written by them alone.
revoke insert, update on party_exposure, number_sequence from wugang_app;
alter function keep_party_exposure() security definer;
create or replace function next_number(of_union uuid, of_name text, of_year int) returns int language sql security definer as $$
  insert into number_sequence (id, union_id, name, year, last_number) select gen_random_uuid(), of_union, of_name, of_year, 1
    where of_union = nullif(current_setting('app.union_id', true), '')::uuid
  on conflict (union_id, name, year) do update set last_number = number_sequence.last_number + 1
  returning last_number
$$;

-- 2. An application begins at intake, goes by its table, each step by what its post did, and ends for good -----------
create trigger application_begins_at_intake after insert on loan_application for each row
  when (new.stage <> 'intake' or new.intake_verdict is not null or new.route is not null or new.round <> 0 or new.approved_amount_fen is not null)
  execute function refuse_way_around('an application begins at intake');
create trigger application_ends_for_good before update on loan_application for each row
  when (old.stage in ('released', 'refused', 'withdrawn', 'lapsed') and new.* is distinct from old.*)
  execute function refuse_way_around('what has ended stays as it ended');
create trigger application_stands_as_it_came before update on loan_application for each row
  when (new.stage = old.stage and (new.version <> old.version + 1 or new.stage_since <> old.stage_since or new.round <> old.round
    or new.approved_amount_fen is distinct from old.approved_amount_fen or new.route is distinct from old.route
    or (old.stage <> 'intake' and (new.intake_verdict is distinct from old.intake_verdict or new.book_hash is distinct from old.book_hash))))
  execute function refuse_way_around('nothing of an application changes but by a step');

-- A policy parameter of the day as a number; null where none is in force.
create function policy_number(of_union uuid, of_key text, on_day date) returns numeric language plpgsql stable as $$
begin
  return (select (p.value #>> '{}')::numeric from policy_parameter p where p.union_id = of_union and p.key = of_key
    and p.valid_from <= on_day and (p.valid_to is null or p.valid_to >= on_day));
end $$;

create function application_moves_by_its_table() returns trigger language plpgsql as $$
declare
  line text[] := array['investigation', 'review', 'deliberation', 'approval', 'contract', 'release'];
  here int := array_position(line, old.stage::text);
  there int := array_position(line, new.stage::text);
  today date := (new.stage_since at time zone 'Asia/Shanghai')::date;
  grounds boolean;
begin
  if new.version <> old.version + 1 then
    raise exception 'a step is one version on' using errcode = 'restrict_violation';
  end if;
  if new.stage in ('withdrawn', 'lapsed') then
    return null;
  end if;
  if there < here then
    grounds := new.round = old.round + 1 and (new.stage = 'contract' or new.approved_amount_fen is null)
      and (new.stage = 'investigation' or new.route is not distinct from old.route)
      and exists (select from post_act a where a.union_id = new.union_id and a.application_id = new.id and a.action = 'send_back'
        and a.round = old.round and a.return_to = new.stage);
    if not coalesce(grounds, false) then
      raise exception 'nothing goes back but by the word of a post' using errcode = 'restrict_violation';
    end if;
    return null;
  end if;
  grounds := case old.stage::text || ' ' || new.stage::text
    when 'intake investigation' then exists (select from decision d where d.union_id = new.union_id and d.application_id = new.id
      and d.checkpoint = 'intake' and d.verdict <> 'BLOCK' and d.verdict = new.intake_verdict and d.book_hash = new.book_hash)
    when 'investigation review' then exists (select from post_act a where a.union_id = new.union_id and a.application_id = new.id
        and a.round = new.round and a.action = 'investigate')
      and (new.amount_fen < policy_number(new.union_id, 'policy.pairOnSiteFromFen', today) or exists (select from post_act a
        where a.union_id = new.union_id and a.application_id = new.id and a.round = new.round and a.action = 'accompany'
          and not exists (select from post_act b where b.union_id = a.union_id and b.application_id = a.application_id and b.round = a.round
            and b.action = 'investigate' and b.staff_id = a.staff_id)))
    when 'review deliberation' then (select count(distinct p.post) from post_act a
      join post_appointment p on p.union_id = a.union_id and p.id = a.appointment_id
      where a.union_id = new.union_id and a.application_id = new.id and a.round = new.round and a.action = 'pass_review')
        >= case new.route when 'over' then 2 else 1 end
    when 'deliberation approval' then exists (select from deliberation d where d.union_id = new.union_id and d.application_id = new.id
      and d.round = new.round and d.outcome = 'carried')
    when 'deliberation refused' then exists (select from deliberation d where d.union_id = new.union_id and d.application_id = new.id
      and d.round = new.round and d.outcome = 'rejected')
    when 'approval contract' then exists (select from approved_terms t where t.union_id = new.union_id and t.application_id = new.id
        and t.round = new.round and t.amount_fen = new.approved_amount_fen)
      and exists (select from post_act a where a.union_id = new.union_id and a.application_id = new.id and a.round = new.round and a.action = 'approve')
    when 'contract release' then exists (select from loan_contract c where c.union_id = new.union_id and c.application_id = new.id
      and c.round = new.round)
    when 'release released' then true
    when 'investigation refused' then exists (select from post_act a where a.union_id = new.union_id and a.application_id = new.id
      and a.round = new.round and a.action = 'refuse' and a.post::text = old.stage::text)
    when 'review refused' then exists (select from post_act a where a.union_id = new.union_id and a.application_id = new.id
      and a.round = new.round and a.action = 'refuse' and a.post::text = old.stage::text)
    when 'approval refused' then exists (select from post_act a where a.union_id = new.union_id and a.application_id = new.id
      and a.round = new.round and a.action = 'refuse' and a.post::text = old.stage::text)
    else false end;
  if not coalesce(grounds, false) or new.round <> old.round
      or (old.stage <> 'intake' and new.route is distinct from old.route)
      or (old.stage <> 'intake' and (new.intake_verdict is distinct from old.intake_verdict or new.book_hash is distinct from old.book_hash))
      or (old.stage <> 'approval' and new.approved_amount_fen is distinct from old.approved_amount_fen) then
    raise exception 'nothing goes from % to % without what its post did', old.stage, new.stage using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger application_moves_by_its_table after update on loan_application
  for each row when (new.stage <> old.stage) execute function application_moves_by_its_table();

-- 3. Release: on a contract, by a release check whose findings are answered, by nobody who handled it, and a large one
--    on the legal adviser's word since its last paper and terms (G1, G4) ---------------------------------------------------------
create function released_by_its_check() returns trigger language plpgsql as $$
declare checked record; today date; large numeric;
begin
  select d.id, d.verdict, d.decided_by_id, d.business_date into checked from decision d
    where d.union_id = new.union_id and d.application_id = new.id and d.checkpoint = 'release' and d.xmin = pg_current_xact_id()::xid
    order by d.verdict desc limit 1; -- of the very transaction that releases: everything is checked again then
  if checked.verdict is null or checked.verdict = 'BLOCK' then
    raise exception 'released without a check at release that lets it pass' using errcode = 'restrict_violation';
  end if;
  if checked.decided_by_id is null or exists (select from post_act a where a.union_id = new.union_id and a.application_id = new.id
      and a.staff_id = checked.decided_by_id) then
    raise exception 'released by nobody, or by one who handled it' using errcode = 'restrict_violation';
  end if;
  if exists (select from finding f where f.union_id = new.union_id and f.decision_id = checked.id and f.verdict in ('BLOCK', 'REFER')
      and not exists (select from finding_answer n join finding g on g.union_id = n.union_id and g.id = n.finding_id
        join decision e on e.union_id = n.union_id and e.id = g.decision_id
        where n.union_id = new.union_id and e.application_id = new.id and g.operands = f.operands
          and ((e.checkpoint = 'release' and g.rule_id = f.rule_id) or g.excepted = f.excepted))) then
    raise exception 'released with findings at release that nobody answered' using errcode = 'restrict_violation';
  end if;
  if not exists (select from loan_contract c where c.union_id = new.union_id and c.application_id = new.id
      and c.round >= (select max(t.round) from approved_terms t where t.union_id = new.union_id and t.application_id = new.id)) then
    raise exception 'released without a contract on the terms approved' using errcode = 'restrict_violation';
  end if;
  today := checked.business_date;
  select policy_number(new.union_id, case p.kind when 'person' then 'policy.largeLoanPersonFen' else 'policy.largeLoanCompanyFen' end, today)
    into large from party p where p.union_id = new.union_id and p.id = new.party_id;
  if (large is null or new.amount_fen > large) and not exists (
      select from (select s.outcome, s.documents, s.signed_at from legal_signature s where s.union_id = new.union_id and s.application_id = new.id
        order by s.signed_at desc, s.id desc limit 1) newest
      where newest.outcome <> 'refused' and newest.documents = (select count(*) from loan_document d
        where d.union_id = new.union_id and d.application_id = new.id)
      and newest.signed_at >= all (select t.approved_at from approved_terms t where t.union_id = new.union_id and t.application_id = new.id
        union all select c.recorded_at from loan_contract c where c.union_id = new.union_id and c.application_id = new.id)) then
    raise exception 'a large loan released without the legal adviser''s word on its papers' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger released_by_its_check after update on loan_application
  for each row when (new.stage = 'released' and old.stage <> 'released') execute function released_by_its_check();

-- 4. An act is done at the stage and in the round of its post, under an appointment to the loan's own unit -------------
alter table post_act add constraint post_act_at_its_post check (case action
  when 'investigate' then post = 'investigation' when 'accompany' then post = 'investigation' when 'secure' then post = 'investigation'
  when 'check' then post = 'review' when 'compare' then post = 'review' when 'pass_review' then post = 'review' when 'answer' then post = 'review'
  when 'convene' then post = 'deliberation' when 'vote' then post = 'deliberation' when 'close' then post = 'deliberation'
  when 'approve' then post = 'approval' else true end) not valid;

create or replace function post_act_under_own_appointment() returns trigger language plpgsql as $$
declare allowed text[]; file record; at_its_stage boolean;
begin
  select a.route, a.stage::text as stage, a.round, a.branch_id, a.stage_since into file
    from loan_application a where a.union_id = new.union_id and a.id = new.application_id;
  allowed := case file.route
    when 'within' then case new.post
      when 'investigation' then array['field_credit_officer']
      when 'review' then array['deputy_director', 'accounting_supervisor']
      when 'deliberation' then array['deliberation_group_member']
      when 'approval' then array['branch_director'] end
    when 'over' then case new.post
      when 'investigation' then array['customer_department_investigator']
      when 'review' then array['vice_president', 'head_of_credit_department']
      when 'deliberation' then array['approval_group_member']
      when 'approval' then array['president'] end end;
  if not exists (select from post_appointment p join org_unit o on o.union_id = p.union_id and o.id = p.unit_id
      join staff s on s.union_id = p.union_id and s.id = p.staff_id
      where p.union_id = new.union_id and p.id = new.appointment_id and p.staff_id = new.staff_id
      and (s.left_on is null or s.left_on >= (new.acted_at at time zone 'Asia/Shanghai')::date)
      and (new.action = 'answer' or p.post::text = any(allowed))
      and case when new.action = 'answer' then p.unit_id = file.branch_id or o.kind in ('county_union', 'department')
        when file.route = 'within' then p.unit_id = file.branch_id else o.kind in ('county_union', 'department') end
      and p.valid_from <= (new.acted_at at time zone 'Asia/Shanghai')::date
      and (p.valid_to is null or p.valid_to >= (new.acted_at at time zone 'Asia/Shanghai')::date)) then
    raise exception 'nobody acts but under an appointment of his own, in force, to that post of the route' using errcode = 'restrict_violation';
  end if;
  at_its_stage := case
    when new.action = 'answer' then file.stage not in ('released', 'refused', 'withdrawn', 'lapsed')
    when new.action = 'secure' then file.stage in ('investigation', 'contract', 'release')
    when new.action = 'send_back' then file.stage = new.post::text or (new.post = 'approval' and file.stage in ('contract', 'release'))
    else file.stage = new.post::text end;
  if not at_its_stage or new.round <> file.round or (new.action <> 'answer' and new.acted_at < file.stage_since) then
    raise exception 'an act is done at the stage of its post, in its round, after the application came there' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- Who answers a finding has acted on the loan: the answer is not there without its act.
create function answer_is_an_act() returns trigger language plpgsql as $$
begin
  if not exists (select from finding f join decision d on d.union_id = f.union_id and d.id = f.decision_id
      join post_act a on a.union_id = d.union_id and a.application_id = d.application_id
      where f.union_id = new.union_id and f.id = new.finding_id and a.action = 'answer' and a.staff_id = new.staff_id
        and a.appointment_id = new.appointment_id and a.content ->> 'findingId' = new.finding_id::text) then
    raise exception 'an answer is an act of who answers' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create constraint trigger answer_is_an_act after insert on finding_answer deferrable initially deferred
  for each row execute function answer_is_an_act();

-- The legal adviser signs as such, over a loan that he did not handle (G1, G4).
create function signed_by_the_adviser() returns trigger language plpgsql as $$
begin
  if not exists (select from post_appointment p where p.union_id = new.union_id and p.id = new.appointment_id and p.staff_id = new.staff_id
      and p.post = 'legal_adviser' and p.valid_from <= (new.signed_at at time zone 'Asia/Shanghai')::date
      and (p.valid_to is null or p.valid_to >= (new.signed_at at time zone 'Asia/Shanghai')::date))
    or exists (select from post_act a where a.union_id = new.union_id and a.application_id = new.application_id and a.staff_id = new.staff_id)
    or not exists (select from loan_application a where a.union_id = new.union_id and a.id = new.application_id and a.stage in ('contract', 'release')) then
    raise exception 'the legal adviser signs, between approval and release, what he did not handle' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger signed_by_the_adviser before insert on legal_signature for each row execute function signed_by_the_adviser();

-- 5. A meeting is convened open, on the sum asked for, and carries by its votes ----------------------------------------
create function deliberation_begins_open() returns trigger language plpgsql as $$
begin
  if new.closed_at is not null or not exists (select from loan_application a where a.union_id = new.union_id and a.id = new.application_id
      and a.stage = 'deliberation' and a.round = new.round and a.amount_fen = new.amount_fen) then
    raise exception 'a meeting is convened, open, at deliberation, on the sum asked for' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger deliberation_begins_open before insert on deliberation for each row execute function deliberation_begins_open();

create function deliberation_closes_by_votes() returns trigger language plpgsql as $$
declare votes int; support int; members int; today date := (new.closed_at at time zone 'Asia/Shanghai')::date; carries boolean;
begin
  select count(*), count(*) filter (where a.choice = 'support') into votes, support from post_act a
    where a.union_id = new.union_id and a.application_id = new.application_id and a.deliberation_id = new.id and a.action = 'vote';
  select count(*) into members from deliberation_member m where m.union_id = new.union_id and m.deliberation_id = new.id;
  carries := support * 100 >= votes * policy_number(new.union_id, 'policy.deliberationCarryPercent', today);
  if not coalesce(votes >= policy_number(new.union_id, 'policy.deliberationFewestMembers', today)
      and votes * 100 >= members * policy_number(new.union_id, 'policy.deliberationQuorumPercent', today)
      and carries = (new.outcome = 'carried'), false) then
    raise exception 'a meeting closes by the votes of its quorum' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger deliberation_closes_by_votes before update on deliberation
  for each row when (new.closed_at is not null and old.closed_at is null) execute function deliberation_closes_by_votes();

create or replace function members_stand_while_open() returns trigger language plpgsql as $$
begin
  if exists (select from deliberation d where d.union_id = new.union_id and d.id = new.deliberation_id and d.closed_at is not null) then
    raise exception 'the deliberation is closed' using errcode = 'restrict_violation';
  end if;
  if tg_op = 'UPDATE' and (new.staff_id <> old.staff_id or old.conflict is not null) then
    raise exception 'a member stays a member, and a conflict stays declared' using errcode = 'restrict_violation';
  end if;
  if exists (select from deliberation d join post_act a on a.union_id = d.union_id and a.application_id = d.application_id and a.deliberation_id = d.id
      where d.union_id = new.union_id and d.id = new.deliberation_id and (tg_op = 'INSERT' or a.staff_id = new.staff_id)) then
    raise exception 'nobody joins a meeting that has voted, or steps back from a vote' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- 6. Terms, contract and papers come at their stage, in its round ------------------------------------------------------
create function terms_as_approved() returns trigger language plpgsql as $$
begin
  if not exists (select from loan_application a join post_act t on t.union_id = a.union_id and t.application_id = a.id and t.round = a.round
      where a.union_id = new.union_id and a.id = new.application_id and a.stage = 'approval' and a.round = new.round
        and new.amount_fen <= a.amount_fen and new.term_months <= a.term_months and t.action = 'approve'
        and (t.content ->> 'amountFen')::bigint = new.amount_fen and t.content ->> 'payee' = new.payee) then
    raise exception 'terms are frozen as the approval gave them' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger terms_as_approved before insert on approved_terms for each row execute function terms_as_approved();

create function contract_at_its_stage() returns trigger language plpgsql as $$
begin
  if not exists (select from loan_application a where a.union_id = new.union_id and a.id = new.application_id and a.stage = 'contract'
      and a.round = new.round)
    or jsonb_array_length(new.conditions_met) is distinct from (select jsonb_array_length(t.conditions) from approved_terms t
      where t.union_id = new.union_id and t.application_id = new.application_id order by t.round desc limit 1)
    or (new.purpose_document_id is not null and not exists (select from loan_document d where d.union_id = new.union_id
      and d.id = new.purpose_document_id and d.application_id = new.application_id)) then
    raise exception 'a contract is recorded at its stage, on papers of its file, with every condition met' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger contract_at_its_stage before insert on loan_contract for each row execute function contract_at_its_stage();

create function paper_of_a_live_file() returns trigger language plpgsql as $$
begin
  if not exists (select from loan_application a where a.union_id = new.union_id and a.id = new.application_id
      and a.stage not in ('released', 'refused', 'withdrawn', 'lapsed')) then
    raise exception 'the file is closed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger paper_of_a_live_file before insert on loan_document for each row execute function paper_of_a_live_file();

-- 7. A released loan stays what was released: its sum, its borrower, its plan, its guarantees --------------------------
create trigger loan_stays_as_released before update on loan for each row
  when (old.application_id is not null and (new.principal_fen <> old.principal_fen or new.party_id <> old.party_id or new.branch_id <> old.branch_id
    or new.issued_on <> old.issued_on or new.kind <> old.kind or new.balance_fen > old.principal_fen
    or (old.status = 'settled' and new.status <> 'settled')))
  execute function refuse_way_around('a released loan stays what was released');

create or replace function loan_as_released() returns trigger language plpgsql as $$
begin
  if new.kind <> 'own' or new.status <> 'outstanding' or new.balance_fen <> new.principal_fen
      or not exists (select from loan_application a where a.union_id = new.union_id and a.id = new.application_id and a.stage = 'released'
      and a.party_id = new.party_id and a.branch_id = new.branch_id and a.approved_amount_fen = new.principal_fen) then
    raise exception 'a loan is what its application was released as' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- When the transaction ends, what was released has its loan and its plan, and every act and step has left its trace (I1).
create function released_with_loan_and_plan() returns trigger language plpgsql as $$
begin
  if not exists (select from loan l join loan_instalment i on i.union_id = l.union_id and i.loan_id = l.id
      where l.union_id = new.union_id and l.application_id = new.id) then
    raise exception 'released without a loan and its plan' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create constraint trigger released_with_loan_and_plan after update on loan_application deferrable initially deferred
  for each row when (new.stage = 'released' and old.stage <> 'released') execute function released_with_loan_and_plan();

create function leaves_a_trace() returns trigger language plpgsql as $$
declare application uuid;
begin
  if tg_table_name = 'post_act' then application := new.application_id; else application := new.id; end if;
  if not exists (select from audit_event e where e.union_id = new.union_id and e.subject_kind = 'application' and e.subject_id = application
      and e.xmin = pg_current_xact_id()::xid) then
    raise exception 'nothing is done without its audit row' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create constraint trigger step_leaves_a_trace after update on loan_application deferrable initially deferred
  for each row when (new.stage <> old.stage) execute function leaves_a_trace();
create constraint trigger act_leaves_a_trace after insert on post_act deferrable initially deferred
  for each row execute function leaves_a_trace();

create function plan_is_of_the_loan() returns trigger language plpgsql as $$
begin
  if exists (select from (select distinct union_id, loan_id from added) one join loan l on l.union_id = one.union_id and l.id = one.loan_id
      where l.application_id is null or l.principal_fen <> (select sum(i.principal_fen) from loan_instalment i
        where i.union_id = l.union_id and i.loan_id = l.id)
        or exists (select from loan_instalment i where i.union_id = l.union_id and i.loan_id = l.id
          and not exists (select from added a where a.id = i.id))) then
    raise exception 'a plan is written once, with its loan, and repays its sum' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger plan_is_of_the_loan after insert on loan_instalment referencing new table as added
  for each statement execute function plan_is_of_the_loan();

create function guarantee_goes_with_its_loan() returns trigger language plpgsql as $$
begin
  if old.application_id is not null and to_jsonb(new) - array['loan_id', 'application_id'] = to_jsonb(old) - array['loan_id', 'application_id']
      and new.application_id is null and exists (select from loan l where l.union_id = new.union_id and l.id = new.loan_id
        and l.application_id = old.application_id) then
    return new;
  end if;
  if old.external_ref is not null and to_jsonb(new) -> 'loan_id' = to_jsonb(old) -> 'loan_id'
      and to_jsonb(new) -> 'application_id' = to_jsonb(old) -> 'application_id' then
    return new;
  end if;
  raise exception 'a guarantee goes with its loan' using errcode = 'restrict_violation';
end $$;
create trigger guarantee_goes_with_its_loan before update on guarantee
  for each row when (new.* is distinct from old.*) execute function guarantee_goes_with_its_loan();

-- Other systems pay out on this word.
create function told_of_a_released_loan() returns trigger language plpgsql as $$
begin
  if not exists (select from loan l join loan_application a on a.union_id = l.union_id and a.id = l.application_id
      where l.union_id = new.union_id and l.id = (new.payload ->> 'loanId')::uuid and a.id = (new.payload ->> 'applicationId')::uuid
        and a.stage = 'released')
    or exists (select from outbox_event o where o.union_id = new.union_id and o.topic = new.topic and o.dispatched_at is null
      and o.payload = new.payload) then
    raise exception 'told of a loan that was not released, or told of twice' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger told_of_a_released_loan before insert on outbox_event
  for each row when (new.topic = 'loan.released') execute function told_of_a_released_loan();

-- 8. What was said once is not said otherwise --------------------------------------------------------------------------
create trigger answer_is_kept_once before update on idempotency_key for each row
  when (old.status is not null) execute function refuse_way_around('a stored answer stays');
create trigger dispatched_once before update on outbox_event for each row
  when (old.dispatched_at is not null) execute function refuse_way_around('an event is dispatched once');
create trigger query_answered_once before update on bureau_query for each row
  when (old.outcome = 'answered') execute function refuse_way_around('an answered query stays answered');
create trigger consent_stays_revoked before update on bureau_consent for each row
  when (old.revoked_on is not null and new.revoked_on is distinct from old.revoked_on) execute function refuse_way_around('a consent stays revoked');
create trigger session_stays_ended before update on user_session for each row
  when (old.revoked_at is not null) execute function refuse_way_around('a session that was ended stays ended');
create trigger parameter_ends_earlier_only before update on policy_parameter for each row
  when (old.valid_to is not null and (new.valid_to is null or new.valid_to > old.valid_to))
  execute function refuse_way_around('a parameter may end earlier');

create function limit_by_a_table() returns trigger language plpgsql as $$
begin
  if (case when new.table_id is null then exists (select from authority_table t where t.union_id = new.union_id)
      else not exists (select from authority_table t where t.union_id = new.union_id and t.id = new.table_id
        and t.valid_from <= new.valid_from and t.valid_to >= new.valid_to) end) then
    raise exception 'a limit is set by the table that was decided, for its period' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger limit_by_a_table before insert on authority_limit for each row execute function limit_by_a_table();

-- A book of the union is published by a maker and another checker, each on post; a shipped one by the owner of the database.
create function book_by_maker_and_checker() returns trigger language plpgsql as $$
begin
  if current_user = 'wugang_app' and (new.maker_id is null or new.checker_id is null or new.maker_id = new.checker_id
      or not exists (select from post_appointment p where p.union_id = new.union_id and p.staff_id = new.maker_id and p.post = 'compliance_maker')
      or not exists (select from post_appointment p where p.union_id = new.union_id and p.staff_id = new.checker_id and p.post = 'compliance_checker')) then
    raise exception 'a book is published by a maker and another checker' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger book_by_maker_and_checker before insert on rule_book for each row execute function book_by_maker_and_checker();

-- Nobody is recorded in the trail under the appointment of another.
create function recorded_under_own_appointment() returns trigger language plpgsql as $$
begin
  if not exists (select from post_appointment p where p.union_id = new.union_id and p.id = new.appointment_id and p.staff_id = new.actor_id) then
    raise exception 'an audit row names an appointment of its actor' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger recorded_under_own_appointment before insert on audit_event
  for each row when (new.appointment_id is not null) execute function recorded_under_own_appointment();

-- 9. What is recorded, is recorded when it happens: neither before its transaction nor after, but for clocks that differ --
do $$
declare one text[];
begin
  foreach one slice 1 in array array[['audit_event', 'at'], ['decision', 'decided_at'], ['post_act', 'acted_at'], ['finding_answer', 'answered_at'],
      ['legal_signature', 'signed_at'], ['specimen_comparison', 'compared_at'], ['loan_document', 'uploaded_at'], ['approved_terms', 'approved_at'],
      ['deliberation', 'convened_at']] loop
    execute format('create trigger %I before insert on %I for each row '
      'when (new.%I not between now() - interval ''30 minutes'' and clock_timestamp() + interval ''30 minutes'') '
      'execute function refuse_way_around(''is recorded when it happens'')', one[1] || '_of_now', one[1], one[2]);
  end loop;
end $$;

-- 10. A guard looks nowhere but in its own schema, not among the tables that a session makes for itself; and it guards no
--     table that a session makes: what a trigger writes by the owner's right would be written at will ----------------------
do $$
declare one regprocedure;
begin
  for one in select p.oid::regprocedure from pg_proc p
    where p.pronamespace = current_schema()::regnamespace and p.prolang in (select oid from pg_language where lanname in ('plpgsql', 'sql')) loop
    execute format('alter function %s set search_path = %I, pg_temp', one, current_schema());
    execute format('revoke execute on function %s from public', one);
  end loop;
  execute format('revoke temporary on database %I from public, wugang_app', current_database());
end $$;
grant execute on function next_number(uuid, text, int), policy_number(uuid, text, date) to wugang_app;
