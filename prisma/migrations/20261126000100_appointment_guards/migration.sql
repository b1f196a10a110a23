-- AlterTable
ALTER TABLE "post_appointment" ADD COLUMN     "appointed_by_id" UUID,
ADD COLUMN     "end_reason" TEXT;

-- AddForeignKey
ALTER TABLE "post_appointment" ADD CONSTRAINT "post_appointment_union_id_appointed_by_id_fkey" FOREIGN KEY ("union_id", "appointed_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- 1. Dates, and who appoints ----------------------------------------------------------------------------------------
-- What is taken back before it began ends on the day before, and was never in force.
alter table post_appointment drop constraint post_appointment_dates;
alter table post_appointment add constraint post_appointment_dates check (valid_to is null or valid_to >= valid_from - 1);
alter table post_appointment drop constraint post_appointment_once;
alter table post_appointment add constraint post_appointment_once exclude using gist (
  union_id with =, staff_id with =, unit_id with =, post with =, daterange(valid_from, valid_to + 1, '[)') with &&);
alter table post_appointment add constraint post_appointment_by_another check (appointed_by_id <> staff_id);
alter table post_appointment add constraint post_appointment_delegation_ends check (
  delegated_from_id is null or (valid_to is not null and valid_to < valid_from + 31));
alter table post_appointment add constraint post_appointment_delegated_once exclude using gist (
  union_id with =, delegated_from_id with =, daterange(valid_from, valid_to + 1, '[)') with &&) where (delegated_from_id is not null);

-- 2. Posts that nobody holds at once, and where posts sit; a test holds both against the domain's tables ------------
create function posts_incompatible(one post, other post, same_unit boolean) returns boolean language sql immutable as $$
  select exists (select from (values (one::text, other::text), (other::text, one::text)) as pair(a, b)
    where (a = 'compliance_maker' and b = 'compliance_checker')
      or (a in ('system_administrator', 'auditor') and b in ('field_credit_officer', 'responsible_credit_officer', 'deputy_director',
        'accounting_supervisor', 'branch_director', 'deliberation_group_member', 'customer_department_investigator',
        'head_of_credit_department', 'vice_president', 'president', 'approval_group_member', 'legal_adviser'))
      or (a = 'auditor' and b in ('collection_clerk', 'system_administrator'))
      or (a = 'accounting_supervisor' and b in ('field_credit_officer', 'responsible_credit_officer') and same_unit)
      or (a = 'vice_president' and b = 'head_of_credit_department'))
$$;

create function post_sits_at(held post, kind org_unit_kind) returns boolean language sql immutable as $$
  select case
    when held::text in ('collection_clerk', 'reporter') then true
    when held::text in ('field_credit_officer', 'responsible_credit_officer', 'deputy_director', 'accounting_supervisor', 'branch_director',
      'deliberation_group_member') then kind::text not in ('county_union', 'department')
    else kind::text in ('county_union', 'department') end
$$;

-- 3. An appointment is made right, and stays as it was made ------------------------------------------------------------
create function appointment_is_made_right() returns trigger language plpgsql as $$
declare origin post_appointment%rowtype;
begin
  -- Appointments of one person wait for each other: neither of two made at once would see the other.
  perform from staff s where s.union_id = new.union_id and s.id = new.staff_id for no key update;
  if not exists (select from org_unit o where o.union_id = new.union_id and o.id = new.unit_id and post_sits_at(new.post, o.kind)) then
    raise exception 'the post % does not sit at that unit', new.post using errcode = 'restrict_violation';
  end if;
  if exists (select from post_appointment p where p.union_id = new.union_id and p.staff_id = new.staff_id
      and posts_incompatible(new.post, p.post, p.unit_id = new.unit_id)
      and daterange(p.valid_from, p.valid_to + 1, '[)') && daterange(new.valid_from, new.valid_to + 1, '[)')) then
    raise exception 'the post % is incompatible with one that the person holds', new.post using errcode = 'restrict_violation';
  end if;
  if new.delegated_from_id is not null then
    select * into origin from post_appointment p where p.union_id = new.union_id and p.id = new.delegated_from_id for share;
    if origin.delegated_from_id is not null then
      raise exception 'what was delegated is not delegated on' using errcode = 'restrict_violation';
    end if;
    if origin.staff_id = new.staff_id or origin.post <> new.post or origin.unit_id <> new.unit_id then
      raise exception 'a delegation gives the same post to another person' using errcode = 'restrict_violation';
    end if;
    if new.valid_from < origin.valid_from or new.valid_to > origin.valid_to then
      raise exception 'a delegation lies within what it is delegated from' using errcode = 'restrict_violation';
    end if;
    if new.post in ('deliberation_group_member', 'approval_group_member', 'responsible_credit_officer') then
      raise exception 'the post % is held in person', new.post using errcode = 'restrict_violation';
    end if;
  end if;
  return new;
end $$;
create trigger appointment_is_made_right before insert on post_appointment
  for each row execute function appointment_is_made_right();

create function appointment_ends_earlier_only() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - array['valid_to', 'end_reason'] <> to_jsonb(old) - array['valid_to', 'end_reason']
      or (old.valid_to is not null and (new.valid_to is null or new.valid_to > old.valid_to)) then
    raise exception 'an appointment may end earlier, and changes in nothing else' using errcode = 'restrict_violation';
  end if;
  if exists (select from post_appointment d where d.union_id = new.union_id and d.delegated_from_id = new.id
      and d.valid_to > new.valid_to and d.valid_to >= d.valid_from) then
    raise exception 'a delegation ends with what it is delegated from, not after it' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger appointment_ends_earlier_only before update on post_appointment
  for each row execute function appointment_ends_earlier_only();

revoke update on post_appointment from wugang_app;
grant update (valid_to, end_reason) on post_appointment to wugang_app;
