-- No release over findings that nobody answered, nor past a review whose check is missing or blocks (M1, G1).
create function released_with_answers() returns trigger language plpgsql as $$
declare returned uuid; checked verdict; open int;
begin
  select max(b.id::text)::uuid into returned from post_act b where b.union_id = new.union_id and b.application_id = new.id
    and b.action = 'send_back' and b.return_to in ('investigation', 'review');
  select d.verdict into checked from decision d where d.union_id = new.union_id and d.application_id = new.id and d.checkpoint = 'review'
    and (returned is null or d.id > returned) order by d.decided_at desc, d.id desc limit 1;
  if checked is null or checked = 'BLOCK' then
    raise exception 'released without a check at the review that lets it pass' using errcode = 'restrict_violation';
  end if;
  select count(*) into open from (select distinct on (d.checkpoint) d.id, d.checkpoint from decision d
      where d.union_id = new.union_id and d.application_id = new.id and d.checkpoint in ('intake', 'review')
      order by d.checkpoint, d.decided_at desc, d.id desc) newest
    join finding f on f.union_id = new.union_id and f.decision_id = newest.id and f.verdict = 'REFER'
    where not exists (select from finding_answer n join finding g on g.union_id = n.union_id and g.id = n.finding_id
      join decision e on e.union_id = n.union_id and e.id = g.decision_id
      where n.union_id = new.union_id and e.application_id = new.id and e.checkpoint = newest.checkpoint
        and g.rule_id = f.rule_id and g.operands = f.operands);
  if open > 0 then
    raise exception 'released with % findings that nobody answered', open using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger released_with_answers before update on loan_application
  for each row when (new.stage = 'released' and old.stage <> 'released') execute function released_with_answers();
