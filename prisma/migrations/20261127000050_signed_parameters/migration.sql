-- A change of a parameter is signed as a book is. What earlier versions changed is signed once, as it stands, by the start that applies this.
ALTER TABLE "policy_parameter" ADD COLUMN     "public_key" TEXT,
ADD COLUMN     "signature" TEXT;

alter table policy_parameter add constraint policy_parameter_signed check ((signature is null) = (public_key is null) and (signature is null or draft_id is not null));

create or replace function parameter_of_a_checked_draft() returns trigger language plpgsql as $$
begin
  if current_user = 'wugang_app' and (new.signature is null or new.public_key is null or new.valid_from < (new.created_at at time zone 'Asia/Shanghai')::date
      or not exists (select from rule_draft d cross join jsonb_array_elements(d.parameters) p
        where d.union_id = new.union_id and d.id = new.draft_id and d.state = 'checked' and p ->> 'key' = new.key and p -> 'value' = new.value
          and p ->> 'unit' = new.unit and (p ->> 'from')::date = new.valid_from and (p ->> 'to')::date is not distinct from new.valid_to
          and p -> 'source' ->> 'zh' = new.source and p -> 'source' ->> 'en' = new.source_en and p ->> 'clause' = new.clause
          and (p ->> 'own')::boolean = new.own and p ->> 'reason' = new.reason)) then
    raise exception 'a parameter is what one person proposed and another checked' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
do $$ begin
  execute format('alter function parameter_of_a_checked_draft() set search_path = %I, pg_temp', current_schema());
end $$;
