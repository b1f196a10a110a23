-- Who answers a REFER does not thereby waive: a waiver, of a BLOCK or of a REFER, is given by the post that the rule names in `waivedBy`, in the
-- book that found it, and by no post that investigates (G1, M1). A rule without one is waived by nobody. An exception names who answers, not who waives.
create or replace function waived_by_the_named_post() returns trigger language plpgsql as $$
declare
  investigators constant text[] := array['field_credit_officer', 'responsible_credit_officer', 'customer_department_investigator'];
  found record;
begin
  select f.rule_id, f.verdict, coalesce(f.book_hash, d.book_hash) as book_hash into found
    from finding f join decision d on d.union_id = f.union_id and d.id = f.decision_id
    where f.union_id = new.union_id and f.id = new.finding_id;
  if new.waived_until is null and found.verdict <> 'REFER' then
    raise exception 'only what was referred is answered' using errcode = 'restrict_violation';
  end if;
  if new.waived_until is not null and (new.waived_until < (new.answered_at at time zone 'Asia/Shanghai')::date
      or found.verdict not in ('REFER', 'BLOCK') or not exists (select from rule_book b cross join jsonb_array_elements(b.content -> 'rules') r
        join post_appointment p on p.union_id = new.union_id and p.id = new.appointment_id
        where b.union_id = new.union_id and b.hash = found.book_hash and r ->> 'id' = found.rule_id
          and p.post::text = r ->> 'waivedBy' and p.post::text <> all(investigators))) then
    raise exception 'a finding is waived by the post that its rule names for that, until a day to come' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
do $$
begin
  execute format('alter function waived_by_the_named_post() set search_path = %I, pg_temp', current_schema());
end $$;
