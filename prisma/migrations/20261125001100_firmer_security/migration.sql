-- AlterEnum
ALTER TYPE "post_action" ADD VALUE 'check';

-- DropIndex
DROP INDEX "authority_table_union_id_valid_from_key";

-- DropIndex
DROP INDEX "authority_limit_union_id_unit_id_category_valid_from_key";

-- DropIndex
DROP INDEX "collateral_union_id_certificate_no_idx";

-- DropIndex
DROP INDEX "appraisal_union_id_firm_credit_code_report_no_idx";

-- AlterTable
ALTER TABLE "authority_limit" ADD COLUMN     "superseded_at" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "appraisal_specimen" ADD COLUMN     "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "recorded_by_id" UUID;

-- AlterTable
ALTER TABLE "collateral" ADD COLUMN     "certificate_key" TEXT;
alter table collateral disable trigger user;
update collateral set certificate_key = upper(certificate_no);
alter table collateral enable trigger user;
alter table collateral alter column certificate_key set not null;

-- AlterTable
ALTER TABLE "appraisal" ADD COLUMN     "report_key" TEXT;
alter table appraisal disable trigger user;
update appraisal set report_key = upper(report_no);
alter table appraisal enable trigger user;
alter table appraisal alter column report_key set not null;

-- AlterTable
ALTER TABLE "staff" DROP COLUMN "email",
ADD COLUMN     "email_cipher" BYTEA;

-- CreateIndex
CREATE INDEX "authority_table_union_id_valid_from_idx" ON "authority_table"("union_id", "valid_from");

-- CreateIndex
CREATE INDEX "authority_limit_union_id_unit_id_category_valid_from_idx" ON "authority_limit"("union_id", "unit_id", "category", "valid_from");

-- CreateIndex
CREATE INDEX "collateral_union_id_certificate_key_idx" ON "collateral"("union_id", "certificate_key");

-- CreateIndex
CREATE INDEX "appraisal_union_id_firm_credit_code_report_key_idx" ON "appraisal"("union_id", "firm_credit_code", "report_key");

-- AddForeignKey
ALTER TABLE "appraisal_specimen" ADD CONSTRAINT "appraisal_specimen_union_id_recorded_by_id_fkey" FOREIGN KEY ("union_id", "recorded_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;


-- 1. One thing secures an application once, however its certificate is written (G3) ------------------------------------
create unique index collateral_once on collateral (union_id, application_id, certificate_key) where withdrawn_at is null;

-- 2. Work on security is done at its post, under an appointment of one's own, on papers of the same file -----------------
create function security_work_at_its_post() returns trigger language plpgsql as $$
declare stage text; allowed text[]; asked uuid;
begin
  if tg_table_name = 'specimen_comparison' then
    allowed := array['review'];
    select a.collateral_id into asked from appraisal a where a.union_id = new.union_id and a.id = new.appraisal_id;
  else
    allowed := case tg_table_name when 'title_check' then array['investigation', 'contract', 'release'] else array['investigation'] end;
    asked := new.collateral_id;
  end if;
  select l.stage::text into stage from collateral c join loan_application l on l.union_id = c.union_id and l.id = c.application_id
    where c.union_id = new.union_id and c.id = asked and c.withdrawn_at is null;
  if stage is null or not stage = any(allowed) then
    raise exception '% is not written at %', tg_table_name, coalesce(stage, 'a thing that was withdrawn') using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger title_check_at_its_post before insert on title_check for each row execute function security_work_at_its_post();
create trigger market_evidence_at_its_post before insert on market_evidence for each row execute function security_work_at_its_post();
create trigger appraisal_at_its_post before insert on appraisal for each row execute function security_work_at_its_post();
create trigger specimen_comparison_at_its_post before insert on specimen_comparison for each row execute function security_work_at_its_post();

create function appraisal_is_a_paper_of_the_file() returns trigger language plpgsql as $$
begin
  if not exists (select from collateral c join loan_document d on d.union_id = c.union_id and d.application_id = c.application_id
      where c.union_id = new.union_id and c.id = new.collateral_id and d.id = new.document_id and d.kind = 'appraisal_report'
        and d.sha256 = new.sha256) then
    raise exception 'a report is a paper of the file that it serves' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger appraisal_is_a_paper_of_the_file before insert on appraisal
  for each row execute function appraisal_is_a_paper_of_the_file();

create or replace function compared_with_own_firm() returns trigger language plpgsql as $$
begin
  if not exists (select from appraisal a join appraisal_specimen s on s.union_id = a.union_id and s.firm_id = a.firm_id
      where a.union_id = new.union_id and a.id = new.appraisal_id and s.id = new.specimen_id
        and s.recorded_at <= a.recorded_at and s.valid_from <= a.appraised_on and (s.valid_to is null or s.valid_to >= a.appraised_on)
        and s.recorded_by_id is distinct from new.compared_by_id
        and (s.kind <> 'signature' or s.holder = a.signer)) then
    raise exception 'a report is compared with what its own firm had lodged before, by somebody else than who took it in' using errcode = 'restrict_violation';
  end if;
  if not exists (select from post_appointment p where p.union_id = new.union_id and p.id = new.appointment_id and p.staff_id = new.compared_by_id
      and p.post in ('deputy_director', 'accounting_supervisor', 'vice_president', 'head_of_credit_department')
      and p.valid_from <= (new.compared_at at time zone 'Asia/Shanghai')::date
      and (p.valid_to is null or p.valid_to >= (new.compared_at at time zone 'Asia/Shanghai')::date)) then
    raise exception 'nobody compares but under a reviewing appointment of his own, in force' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- 3. Specimens and panels stay as they were recorded --------------------------------------------------------------------
revoke update on appraisal_specimen, appraisal_panel from wugang_app;
do $$
declare name text;
begin
  foreach name in array array['appraisal_specimen', 'appraisal_panel'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_change()', name || '_append_only', name);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', name || '_no_truncate', name);
  end loop;
end $$;
alter table appraisal_panel add constraint appraisal_panel_was_chosen check (selection_id is not null) not valid;

-- 4. A table that has not begun may be replaced by a later one -----------------------------------------------------------
alter table authority_limit drop constraint authority_limit_once;
alter table authority_limit add constraint authority_limit_once exclude using gist (
  union_id with =, unit_id with =, category with =, daterange(valid_from, valid_to, '[]') with &&) where (superseded_at is null);
create or replace function limit_ends_earlier_only() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - array['valid_to', 'superseded_at'] <> to_jsonb(old) - array['valid_to', 'superseded_at'] or new.valid_to > old.valid_to
      or old.superseded_at is not null
      or (new.superseded_at is not null and old.valid_from <= (new.superseded_at at time zone 'Asia/Shanghai')::date) then
    raise exception 'a limit may end earlier, or be replaced before it begins, and changes in nothing else' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
grant update (superseded_at) on authority_limit to wugang_app;

alter table webhook_endpoint add constraint webhook_endpoint_no_password check (url !~ '^https?://[^/]*@');
