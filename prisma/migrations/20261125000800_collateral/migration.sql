-- CreateEnum
CREATE TYPE "collateral_class" AS ENUM ('housing', 'commercial_property', 'land_use_right', 'equipment', 'forest_right', 'vehicle', 'deposit_receipt');

-- CreateEnum
CREATE TYPE "title_outcome" AS ENUM ('clear', 'encumbered', 'forged', 'not_found');

-- CreateEnum
CREATE TYPE "comparison_outcome" AS ENUM ('matches', 'differs', 'unclear');

-- CreateEnum
CREATE TYPE "payment_mode" AS ENUM ('own_account', 'entrusted');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "post_action" ADD VALUE 'secure';
ALTER TYPE "post_action" ADD VALUE 'compare';

-- AlterTable
ALTER TABLE "appraisal_panel" ADD COLUMN     "selection_id" UUID;

-- AlterTable
ALTER TABLE "approved_terms" ADD COLUMN     "payment_mode" "payment_mode" NOT NULL DEFAULT 'own_account';

-- AlterTable
ALTER TABLE "loan_contract" ADD COLUMN     "purpose_document_id" UUID;

-- CreateTable
CREATE TABLE "panel_selection" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "chosen_by" "panel_choice" NOT NULL,
    "decided_on" DATE NOT NULL,
    "basis" TEXT NOT NULL,
    "record" JSONB NOT NULL,
    "recorded_by_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "panel_selection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "firm_court_outcome" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "firm_id" UUID NOT NULL,
    "decided_on" DATE NOT NULL,
    "case_no" TEXT NOT NULL,
    "against" BOOLEAN NOT NULL,
    "detail" TEXT NOT NULL,
    "recorded_by_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "firm_court_outcome_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "collateral" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "class" "collateral_class" NOT NULL,
    "description" TEXT NOT NULL,
    "owner_name" TEXT NOT NULL,
    "certificate_no" TEXT NOT NULL,
    "secured_fen" BIGINT NOT NULL,
    "recorded_by_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(6),

    CONSTRAINT "collateral_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "title_check" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "collateral_id" UUID NOT NULL,
    "registry" TEXT NOT NULL,
    "checked_on" DATE NOT NULL,
    "outcome" "title_outcome" NOT NULL,
    "evidence" TEXT NOT NULL,
    "checked_by_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "title_check_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "market_evidence" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "collateral_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "observed_on" DATE NOT NULL,
    "value_fen" BIGINT NOT NULL,
    "evidence" TEXT NOT NULL,
    "recorded_by_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "market_evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appraisal" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "collateral_id" UUID NOT NULL,
    "firm_id" UUID,
    "firm_name" TEXT NOT NULL,
    "firm_credit_code" TEXT NOT NULL,
    "report_no" TEXT NOT NULL,
    "signer" TEXT NOT NULL,
    "appraised_on" DATE NOT NULL,
    "valid_until" DATE NOT NULL,
    "value_fen" BIGINT NOT NULL,
    "document_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "recorded_by_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "appraisal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "specimen_comparison" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "appraisal_id" UUID NOT NULL,
    "specimen_id" UUID NOT NULL,
    "outcome" "comparison_outcome" NOT NULL,
    "opinion" TEXT NOT NULL,
    "compared_by_id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "compared_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "specimen_comparison_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "panel_selection_union_id_id_key" ON "panel_selection"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "panel_selection_union_id_year_key" ON "panel_selection"("union_id", "year");

-- CreateIndex
CREATE UNIQUE INDEX "firm_court_outcome_union_id_id_key" ON "firm_court_outcome"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "firm_court_outcome_union_id_firm_id_case_no_key" ON "firm_court_outcome"("union_id", "firm_id", "case_no");

-- CreateIndex
CREATE INDEX "collateral_union_id_certificate_no_idx" ON "collateral"("union_id", "certificate_no");

-- CreateIndex
CREATE UNIQUE INDEX "collateral_union_id_id_key" ON "collateral"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "collateral_union_id_application_id_number_key" ON "collateral"("union_id", "application_id", "number");

-- CreateIndex
CREATE INDEX "title_check_union_id_collateral_id_recorded_at_idx" ON "title_check"("union_id", "collateral_id", "recorded_at");

-- CreateIndex
CREATE UNIQUE INDEX "title_check_union_id_id_key" ON "title_check"("union_id", "id");

-- CreateIndex
CREATE INDEX "market_evidence_union_id_collateral_id_idx" ON "market_evidence"("union_id", "collateral_id");

-- CreateIndex
CREATE UNIQUE INDEX "market_evidence_union_id_id_key" ON "market_evidence"("union_id", "id");

-- CreateIndex
CREATE INDEX "appraisal_union_id_collateral_id_recorded_at_idx" ON "appraisal"("union_id", "collateral_id", "recorded_at");

-- CreateIndex
CREATE INDEX "appraisal_union_id_firm_credit_code_report_no_idx" ON "appraisal"("union_id", "firm_credit_code", "report_no");

-- CreateIndex
CREATE INDEX "appraisal_union_id_sha256_idx" ON "appraisal"("union_id", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "appraisal_union_id_id_key" ON "appraisal"("union_id", "id");

-- CreateIndex
CREATE INDEX "specimen_comparison_union_id_appraisal_id_compared_at_idx" ON "specimen_comparison"("union_id", "appraisal_id", "compared_at");

-- CreateIndex
CREATE UNIQUE INDEX "specimen_comparison_union_id_id_key" ON "specimen_comparison"("union_id", "id");

-- AddForeignKey
ALTER TABLE "appraisal_panel" ADD CONSTRAINT "appraisal_panel_union_id_selection_id_fkey" FOREIGN KEY ("union_id", "selection_id") REFERENCES "panel_selection"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "panel_selection" ADD CONSTRAINT "panel_selection_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "panel_selection" ADD CONSTRAINT "panel_selection_union_id_recorded_by_id_fkey" FOREIGN KEY ("union_id", "recorded_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "firm_court_outcome" ADD CONSTRAINT "firm_court_outcome_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "firm_court_outcome" ADD CONSTRAINT "firm_court_outcome_union_id_firm_id_fkey" FOREIGN KEY ("union_id", "firm_id") REFERENCES "appraisal_firm"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "firm_court_outcome" ADD CONSTRAINT "firm_court_outcome_union_id_recorded_by_id_fkey" FOREIGN KEY ("union_id", "recorded_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "collateral" ADD CONSTRAINT "collateral_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "collateral" ADD CONSTRAINT "collateral_union_id_application_id_fkey" FOREIGN KEY ("union_id", "application_id") REFERENCES "loan_application"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "collateral" ADD CONSTRAINT "collateral_union_id_recorded_by_id_fkey" FOREIGN KEY ("union_id", "recorded_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "title_check" ADD CONSTRAINT "title_check_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "title_check" ADD CONSTRAINT "title_check_union_id_collateral_id_fkey" FOREIGN KEY ("union_id", "collateral_id") REFERENCES "collateral"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "title_check" ADD CONSTRAINT "title_check_union_id_checked_by_id_fkey" FOREIGN KEY ("union_id", "checked_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "market_evidence" ADD CONSTRAINT "market_evidence_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "market_evidence" ADD CONSTRAINT "market_evidence_union_id_collateral_id_fkey" FOREIGN KEY ("union_id", "collateral_id") REFERENCES "collateral"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "market_evidence" ADD CONSTRAINT "market_evidence_union_id_recorded_by_id_fkey" FOREIGN KEY ("union_id", "recorded_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "appraisal" ADD CONSTRAINT "appraisal_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "appraisal" ADD CONSTRAINT "appraisal_union_id_collateral_id_fkey" FOREIGN KEY ("union_id", "collateral_id") REFERENCES "collateral"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "appraisal" ADD CONSTRAINT "appraisal_union_id_firm_id_fkey" FOREIGN KEY ("union_id", "firm_id") REFERENCES "appraisal_firm"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "appraisal" ADD CONSTRAINT "appraisal_union_id_document_id_fkey" FOREIGN KEY ("union_id", "document_id") REFERENCES "loan_document"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "appraisal" ADD CONSTRAINT "appraisal_union_id_recorded_by_id_fkey" FOREIGN KEY ("union_id", "recorded_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "specimen_comparison" ADD CONSTRAINT "specimen_comparison_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "specimen_comparison" ADD CONSTRAINT "specimen_comparison_union_id_appraisal_id_fkey" FOREIGN KEY ("union_id", "appraisal_id") REFERENCES "appraisal"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "specimen_comparison" ADD CONSTRAINT "specimen_comparison_union_id_specimen_id_fkey" FOREIGN KEY ("union_id", "specimen_id") REFERENCES "appraisal_specimen"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "specimen_comparison" ADD CONSTRAINT "specimen_comparison_union_id_compared_by_id_fkey" FOREIGN KEY ("union_id", "compared_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "specimen_comparison" ADD CONSTRAINT "specimen_comparison_union_id_appointment_id_fkey" FOREIGN KEY ("union_id", "appointment_id") REFERENCES "post_appointment"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_contract" ADD CONSTRAINT "loan_contract_union_id_purpose_document_id_fkey" FOREIGN KEY ("union_id", "purpose_document_id") REFERENCES "loan_document"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;


-- What must never be of security (G3).
alter table collateral add constraint collateral_secures check (secured_fen > 0 and number > 0);
alter table market_evidence add constraint market_evidence_value check (value_fen > 0);
alter table appraisal add constraint appraisal_value check (value_fen > 0 and valid_until >= appraised_on and sha256 ~ '^[0-9a-f]{64}$');
alter table appraisal add constraint appraisal_not_of_tomorrow check (appraised_on <= (recorded_at at time zone 'Asia/Shanghai')::date);
alter table title_check add constraint title_check_not_of_tomorrow check (checked_on <= (recorded_at at time zone 'Asia/Shanghai')::date);
alter table specimen_comparison add constraint specimen_comparison_says_why check (length(btrim(opinion)) > 0);

-- Security changes only at the post that owns it.
create function collateral_at_investigation() returns trigger language plpgsql as $$
begin
  if not exists (select from loan_application a where a.union_id = new.union_id and a.id = new.application_id and a.stage = 'investigation') then
    raise exception 'security changes at the investigation post alone' using errcode = 'restrict_violation';
  end if;
  if tg_op = 'UPDATE' and (to_jsonb(new) - 'withdrawn_at' <> to_jsonb(old) - 'withdrawn_at' or old.withdrawn_at is not null) then
    raise exception 'security is withdrawn, not changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger collateral_at_investigation before insert or update on collateral
  for each row execute function collateral_at_investigation();

-- A report is set against a specimen of its own firm.
create function compared_with_own_firm() returns trigger language plpgsql as $$
begin
  if not exists (select from appraisal a join appraisal_specimen s on s.union_id = a.union_id and s.firm_id = a.firm_id
      where a.union_id = new.union_id and a.id = new.appraisal_id and s.id = new.specimen_id) then
    raise exception 'a report is compared with the specimens of its own firm' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger compared_with_own_firm before insert on specimen_comparison
  for each row execute function compared_with_own_firm();

do $$
declare name text;
begin
  foreach name in array array['panel_selection', 'firm_court_outcome', 'title_check', 'market_evidence', 'appraisal', 'specimen_comparison'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_change()', name || '_append_only', name);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', name || '_no_truncate', name);
  end loop;
  foreach name in array array['panel_selection', 'firm_court_outcome', 'collateral', 'title_check', 'market_evidence', 'appraisal', 'specimen_comparison'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy union_scope on %I using (union_id = (select nullif(current_setting(''app.union_id'', true), '''')::uuid)) '
      'with check (union_id = (select nullif(current_setting(''app.union_id'', true), '''')::uuid))', name);
    execute format('grant select, insert on %I to wugang_app', name);
  end loop;
end $$;
grant update (withdrawn_at) on collateral to wugang_app;
