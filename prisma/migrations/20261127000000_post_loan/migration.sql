-- The fifth post (G1.3): what is planned, done, warned of and classed after a loan is released, and the money that comes in.
-- CreateEnum
CREATE TYPE "inspection_kind" AS ENUM ('first_check', 'periodic', 'use_of_funds', 'collateral', 'bureau_requery', 'maturity_notice', 'instalment_notice', 'overdue_demand');

-- CreateEnum
CREATE TYPE "task_state" AS ENUM ('open', 'done', 'cancelled');

-- CreateEnum
CREATE TYPE "evidence_kind" AS ENUM ('photograph', 'paper', 'signature');

-- CreateEnum
CREATE TYPE "recheck_outcome" AS ENUM ('confirmed', 'wrong');

-- CreateEnum
CREATE TYPE "warning_level" AS ENUM ('yellow', 'orange', 'red');

-- CreateEnum
CREATE TYPE "classification_cause" AS ENUM ('release', 'daily', 'quarterly', 'upgrade', 'import', 'revision');

-- AlterTable
ALTER TABLE "loan" ADD COLUMN     "arrears_interest_fen" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "arrears_on" DATE,
ADD COLUMN     "arrears_principal_fen" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "classified_on" DATE,
ADD COLUMN     "impaired" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "overdue_since" DATE,
ADD COLUMN     "restructured_again_on" DATE,
ADD COLUMN     "restructured_on" DATE;

-- CreateTable
CREATE TABLE "staff_leave" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "recorded_by_id" UUID NOT NULL,

    CONSTRAINT "staff_leave_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_day" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "working" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "added_by_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "calendar_day_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inspection_task" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "loan_id" UUID NOT NULL,
    "branch_id" UUID NOT NULL,
    "kind" "inspection_kind" NOT NULL,
    "number" INTEGER NOT NULL,
    "planned_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "route" "authority_route" NOT NULL,
    "state" "task_state" NOT NULL,
    "assignee_id" UUID,
    "assigned_unit_id" UUID,
    "assigned_at" TIMESTAMPTZ(6),
    "assignment_note" TEXT,
    "escalation" INTEGER NOT NULL DEFAULT 0,
    "closed_on" DATE,
    "closed_reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "inspection_task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_escalation" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "level" INTEGER NOT NULL,
    "escalated_on" DATE NOT NULL,
    "told_staff_ids" UUID[],

    CONSTRAINT "task_escalation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inspection_report" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "visited_on" DATE NOT NULL,
    "place" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "content_hash" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "filed_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "inspection_report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inspection_supplement" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "content_hash" TEXT NOT NULL,
    "filed_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "inspection_supplement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inspection_evidence" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "kind" "evidence_kind" NOT NULL,
    "sha256" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "taken_at" TIMESTAMPTZ(6) NOT NULL,
    "place" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "added_by_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "inspection_evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inspection_recheck" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "drawn_on" DATE NOT NULL,
    "seed" TEXT NOT NULL,
    "auditor_id" UUID,
    "outcome" "recheck_outcome",
    "opinion" TEXT,
    "closed_at" TIMESTAMPTZ(6),

    CONSTRAINT "inspection_recheck_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "corrective_case" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "loan_id" UUID,
    "unit_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "opened_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "measure" TEXT,
    "measure_by_id" UUID,
    "measure_at" TIMESTAMPTZ(6),
    "closed_by_id" UUID,
    "closed_at" TIMESTAMPTZ(6),
    "closing_opinion" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "corrective_case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "early_warning" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "loan_id" UUID NOT NULL,
    "branch_id" UUID NOT NULL,
    "rule_id" TEXT NOT NULL,
    "clause" TEXT NOT NULL,
    "book_hash" TEXT NOT NULL,
    "level" "warning_level" NOT NULL,
    "operands" JSONB NOT NULL,
    "raised_on" DATE NOT NULL,
    "last_seen_on" DATE NOT NULL,
    "owner_id" UUID,
    "owner_unit_id" UUID NOT NULL,
    "due_on" DATE NOT NULL,
    "measure" TEXT,
    "measure_by_id" UUID,
    "measure_at" TIMESTAMPTZ(6),
    "closed_by_id" UUID,
    "closed_at" TIMESTAMPTZ(6),
    "closing_opinion" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "early_warning_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "loan_classification" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "loan_id" UUID NOT NULL,
    "from_tier" "five_tier",
    "to_tier" "five_tier" NOT NULL,
    "classified_on" DATE NOT NULL,
    "cause" "classification_cause" NOT NULL,
    "rule_ids" TEXT[],
    "book_hash" TEXT,
    "facts" JSONB NOT NULL,
    "upgrade_id" UUID,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "loan_classification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "class_upgrade" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "loan_id" UUID NOT NULL,
    "from_tier" "five_tier" NOT NULL,
    "to_tier" "five_tier" NOT NULL,
    "observed_from" DATE NOT NULL,
    "opinion" TEXT NOT NULL,
    "proposed_by_id" UUID NOT NULL,
    "proposed_on" DATE NOT NULL,
    "decided_by_id" UUID,
    "decided_on" DATE,
    "approved" BOOLEAN,
    "decision_opinion" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "class_upgrade_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "repayment_file" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "business_date" DATE NOT NULL,
    "lines" INTEGER NOT NULL,
    "taken" INTEGER NOT NULL,
    "refused" JSONB NOT NULL,
    "totals" JSONB NOT NULL,
    "differences" JSONB NOT NULL,
    "imported_by_id" UUID,
    "imported_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "repayment_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "loan_payment" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "loan_id" UUID NOT NULL,
    "file_id" UUID,
    "external_ref" TEXT NOT NULL,
    "paid_on" DATE NOT NULL,
    "principal_fen" BIGINT NOT NULL,
    "interest_fen" BIGINT NOT NULL,
    "reverses_id" UUID,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "loan_payment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "arrears_revision" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "loan_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "from_on" DATE NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "revised_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "arrears_revision_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "staff_leave_union_id_staff_id_valid_from_idx" ON "staff_leave"("union_id", "staff_id", "valid_from");

-- CreateIndex
CREATE UNIQUE INDEX "staff_leave_union_id_id_key" ON "staff_leave"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_day_union_id_id_key" ON "calendar_day"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_day_union_id_day_key" ON "calendar_day"("union_id", "day");

-- CreateIndex
CREATE INDEX "inspection_task_union_id_state_due_on_idx" ON "inspection_task"("union_id", "state", "due_on");

-- CreateIndex
CREATE INDEX "inspection_task_union_id_branch_id_state_due_on_idx" ON "inspection_task"("union_id", "branch_id", "state", "due_on");

-- CreateIndex
CREATE INDEX "inspection_task_union_id_assignee_id_state_due_on_idx" ON "inspection_task"("union_id", "assignee_id", "state", "due_on");

-- CreateIndex
CREATE UNIQUE INDEX "inspection_task_union_id_id_key" ON "inspection_task"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "inspection_task_union_id_loan_id_kind_number_key" ON "inspection_task"("union_id", "loan_id", "kind", "number");

-- CreateIndex
CREATE UNIQUE INDEX "task_escalation_union_id_id_key" ON "task_escalation"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "task_escalation_union_id_task_id_level_key" ON "task_escalation"("union_id", "task_id", "level");

-- CreateIndex
CREATE UNIQUE INDEX "inspection_report_union_id_id_key" ON "inspection_report"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "inspection_report_union_id_task_id_key" ON "inspection_report"("union_id", "task_id");

-- CreateIndex
CREATE INDEX "inspection_supplement_union_id_report_id_idx" ON "inspection_supplement"("union_id", "report_id");

-- CreateIndex
CREATE UNIQUE INDEX "inspection_supplement_union_id_id_key" ON "inspection_supplement"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "inspection_evidence_union_id_id_key" ON "inspection_evidence"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "inspection_evidence_union_id_task_id_sha256_key" ON "inspection_evidence"("union_id", "task_id", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "inspection_recheck_union_id_id_key" ON "inspection_recheck"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "inspection_recheck_union_id_report_id_key" ON "inspection_recheck"("union_id", "report_id");

-- CreateIndex
CREATE INDEX "corrective_case_union_id_unit_id_closed_at_idx" ON "corrective_case"("union_id", "unit_id", "closed_at");

-- CreateIndex
CREATE UNIQUE INDEX "corrective_case_union_id_id_key" ON "corrective_case"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "corrective_case_union_id_subject_kind_subject_id_key" ON "corrective_case"("union_id", "subject_kind", "subject_id");

-- CreateIndex
CREATE INDEX "early_warning_union_id_loan_id_rule_id_idx" ON "early_warning"("union_id", "loan_id", "rule_id");

-- CreateIndex
CREATE INDEX "early_warning_union_id_branch_id_closed_at_due_on_idx" ON "early_warning"("union_id", "branch_id", "closed_at", "due_on");

-- CreateIndex
CREATE UNIQUE INDEX "early_warning_union_id_id_key" ON "early_warning"("union_id", "id");

-- CreateIndex
CREATE INDEX "loan_classification_union_id_loan_id_classified_on_idx" ON "loan_classification"("union_id", "loan_id", "classified_on");

-- CreateIndex
CREATE INDEX "loan_classification_union_id_classified_on_idx" ON "loan_classification"("union_id", "classified_on");

-- CreateIndex
CREATE UNIQUE INDEX "loan_classification_union_id_id_key" ON "loan_classification"("union_id", "id");

-- CreateIndex
CREATE INDEX "class_upgrade_union_id_loan_id_decided_on_idx" ON "class_upgrade"("union_id", "loan_id", "decided_on");

-- CreateIndex
CREATE UNIQUE INDEX "class_upgrade_union_id_id_key" ON "class_upgrade"("union_id", "id");

-- CreateIndex
CREATE INDEX "repayment_file_union_id_business_date_idx" ON "repayment_file"("union_id", "business_date");

-- CreateIndex
CREATE UNIQUE INDEX "repayment_file_union_id_id_key" ON "repayment_file"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "repayment_file_union_id_sha256_key" ON "repayment_file"("union_id", "sha256");

-- CreateIndex
CREATE INDEX "loan_payment_union_id_loan_id_paid_on_idx" ON "loan_payment"("union_id", "loan_id", "paid_on");

-- CreateIndex
CREATE UNIQUE INDEX "loan_payment_union_id_id_key" ON "loan_payment"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "loan_payment_union_id_external_ref_key" ON "loan_payment"("union_id", "external_ref");

-- CreateIndex
CREATE INDEX "arrears_revision_union_id_loan_id_idx" ON "arrears_revision"("union_id", "loan_id");

-- CreateIndex
CREATE INDEX "arrears_revision_union_id_payment_id_idx" ON "arrears_revision"("union_id", "payment_id");

-- CreateIndex
CREATE UNIQUE INDEX "arrears_revision_union_id_id_key" ON "arrears_revision"("union_id", "id");

-- AddForeignKey
ALTER TABLE "staff_leave" ADD CONSTRAINT "staff_leave_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "staff_leave" ADD CONSTRAINT "staff_leave_union_id_staff_id_fkey" FOREIGN KEY ("union_id", "staff_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "staff_leave" ADD CONSTRAINT "staff_leave_union_id_recorded_by_id_fkey" FOREIGN KEY ("union_id", "recorded_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "calendar_day" ADD CONSTRAINT "calendar_day_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "calendar_day" ADD CONSTRAINT "calendar_day_union_id_added_by_id_fkey" FOREIGN KEY ("union_id", "added_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "inspection_task" ADD CONSTRAINT "inspection_task_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "inspection_task" ADD CONSTRAINT "inspection_task_union_id_loan_id_fkey" FOREIGN KEY ("union_id", "loan_id") REFERENCES "loan"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "inspection_task" ADD CONSTRAINT "inspection_task_union_id_branch_id_fkey" FOREIGN KEY ("union_id", "branch_id") REFERENCES "org_unit"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "inspection_task" ADD CONSTRAINT "inspection_task_union_id_assignee_id_fkey" FOREIGN KEY ("union_id", "assignee_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "inspection_task" ADD CONSTRAINT "inspection_task_union_id_assigned_unit_id_fkey" FOREIGN KEY ("union_id", "assigned_unit_id") REFERENCES "org_unit"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "task_escalation" ADD CONSTRAINT "task_escalation_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "task_escalation" ADD CONSTRAINT "task_escalation_union_id_task_id_fkey" FOREIGN KEY ("union_id", "task_id") REFERENCES "inspection_task"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "inspection_report" ADD CONSTRAINT "inspection_report_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "inspection_report" ADD CONSTRAINT "inspection_report_union_id_task_id_fkey" FOREIGN KEY ("union_id", "task_id") REFERENCES "inspection_task"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "inspection_report" ADD CONSTRAINT "inspection_report_union_id_staff_id_fkey" FOREIGN KEY ("union_id", "staff_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "inspection_report" ADD CONSTRAINT "inspection_report_union_id_appointment_id_fkey" FOREIGN KEY ("union_id", "appointment_id") REFERENCES "post_appointment"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "inspection_supplement" ADD CONSTRAINT "inspection_supplement_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "inspection_supplement" ADD CONSTRAINT "inspection_supplement_union_id_report_id_fkey" FOREIGN KEY ("union_id", "report_id") REFERENCES "inspection_report"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "inspection_supplement" ADD CONSTRAINT "inspection_supplement_union_id_staff_id_fkey" FOREIGN KEY ("union_id", "staff_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "inspection_evidence" ADD CONSTRAINT "inspection_evidence_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "inspection_evidence" ADD CONSTRAINT "inspection_evidence_union_id_task_id_fkey" FOREIGN KEY ("union_id", "task_id") REFERENCES "inspection_task"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "inspection_evidence" ADD CONSTRAINT "inspection_evidence_union_id_added_by_id_fkey" FOREIGN KEY ("union_id", "added_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "inspection_recheck" ADD CONSTRAINT "inspection_recheck_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "inspection_recheck" ADD CONSTRAINT "inspection_recheck_union_id_report_id_fkey" FOREIGN KEY ("union_id", "report_id") REFERENCES "inspection_report"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "inspection_recheck" ADD CONSTRAINT "inspection_recheck_union_id_auditor_id_fkey" FOREIGN KEY ("union_id", "auditor_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "corrective_case" ADD CONSTRAINT "corrective_case_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "corrective_case" ADD CONSTRAINT "corrective_case_union_id_loan_id_fkey" FOREIGN KEY ("union_id", "loan_id") REFERENCES "loan"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "corrective_case" ADD CONSTRAINT "corrective_case_union_id_unit_id_fkey" FOREIGN KEY ("union_id", "unit_id") REFERENCES "org_unit"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "corrective_case" ADD CONSTRAINT "corrective_case_union_id_measure_by_id_fkey" FOREIGN KEY ("union_id", "measure_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "corrective_case" ADD CONSTRAINT "corrective_case_union_id_closed_by_id_fkey" FOREIGN KEY ("union_id", "closed_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "early_warning" ADD CONSTRAINT "early_warning_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "early_warning" ADD CONSTRAINT "early_warning_union_id_loan_id_fkey" FOREIGN KEY ("union_id", "loan_id") REFERENCES "loan"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "early_warning" ADD CONSTRAINT "early_warning_union_id_branch_id_fkey" FOREIGN KEY ("union_id", "branch_id") REFERENCES "org_unit"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "early_warning" ADD CONSTRAINT "early_warning_union_id_owner_id_fkey" FOREIGN KEY ("union_id", "owner_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "early_warning" ADD CONSTRAINT "early_warning_union_id_owner_unit_id_fkey" FOREIGN KEY ("union_id", "owner_unit_id") REFERENCES "org_unit"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "early_warning" ADD CONSTRAINT "early_warning_union_id_measure_by_id_fkey" FOREIGN KEY ("union_id", "measure_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "early_warning" ADD CONSTRAINT "early_warning_union_id_closed_by_id_fkey" FOREIGN KEY ("union_id", "closed_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_classification" ADD CONSTRAINT "loan_classification_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_classification" ADD CONSTRAINT "loan_classification_union_id_loan_id_fkey" FOREIGN KEY ("union_id", "loan_id") REFERENCES "loan"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "class_upgrade" ADD CONSTRAINT "class_upgrade_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "class_upgrade" ADD CONSTRAINT "class_upgrade_union_id_loan_id_fkey" FOREIGN KEY ("union_id", "loan_id") REFERENCES "loan"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "class_upgrade" ADD CONSTRAINT "class_upgrade_union_id_proposed_by_id_fkey" FOREIGN KEY ("union_id", "proposed_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "class_upgrade" ADD CONSTRAINT "class_upgrade_union_id_decided_by_id_fkey" FOREIGN KEY ("union_id", "decided_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "repayment_file" ADD CONSTRAINT "repayment_file_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "repayment_file" ADD CONSTRAINT "repayment_file_union_id_imported_by_id_fkey" FOREIGN KEY ("union_id", "imported_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_payment" ADD CONSTRAINT "loan_payment_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_payment" ADD CONSTRAINT "loan_payment_union_id_loan_id_fkey" FOREIGN KEY ("union_id", "loan_id") REFERENCES "loan"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_payment" ADD CONSTRAINT "loan_payment_union_id_file_id_fkey" FOREIGN KEY ("union_id", "file_id") REFERENCES "repayment_file"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_payment" ADD CONSTRAINT "loan_payment_union_id_reverses_id_fkey" FOREIGN KEY ("union_id", "reverses_id") REFERENCES "loan_payment"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "arrears_revision" ADD CONSTRAINT "arrears_revision_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "arrears_revision" ADD CONSTRAINT "arrears_revision_union_id_loan_id_fkey" FOREIGN KEY ("union_id", "loan_id") REFERENCES "loan"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "arrears_revision" ADD CONSTRAINT "arrears_revision_union_id_payment_id_fkey" FOREIGN KEY ("union_id", "payment_id") REFERENCES "loan_payment"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;


-- Checks ----------------------------------------------------------------------------------------------------------
alter table staff_leave add constraint staff_leave_dates check (valid_to >= valid_from);
alter table inspection_task add constraint inspection_task_number check (number >= 1),
  add constraint inspection_task_dates check (due_on >= planned_on),
  add constraint inspection_task_escalation check (escalation between 0 and 4),
  add constraint inspection_task_closed check ((state = 'open') = (closed_on is null)),
  add constraint inspection_task_cancelled check ((state = 'cancelled') = (closed_reason is not null));
alter table task_escalation add constraint task_escalation_level check (level between 1 and 4);
alter table inspection_evidence add constraint inspection_evidence_hash check (sha256 ~ '^[0-9a-f]{64}$' and bytes > 0),
  add constraint inspection_evidence_place check ((latitude is null) = (longitude is null) and latitude between -90 and 90 and longitude between -180 and 180);
alter table inspection_recheck add constraint inspection_recheck_closed check (
  (outcome is null) = (closed_at is null) and (outcome is null) = (opinion is null) and (outcome is null or auditor_id is not null));
alter table corrective_case add constraint corrective_case_measure check ((measure is null) = (measure_at is null) and (measure is null) = (measure_by_id is null)),
  add constraint corrective_case_closed check ((closed_at is null) = (closed_by_id is null) and (closed_at is null) = (closing_opinion is null)
    and (closed_at is null or measure is not null) and (closed_by_id is null or closed_by_id <> measure_by_id));
alter table early_warning add constraint early_warning_measure check ((measure is null) = (measure_at is null) and (measure is null) = (measure_by_id is null)),
  add constraint early_warning_closed check ((closed_at is null) = (closed_by_id is null) and (closed_at is null) = (closing_opinion is null)
    and (closed_at is null or measure is not null) and (closed_by_id is null or closed_by_id <> measure_by_id)),
  add constraint early_warning_dates check (last_seen_on >= raised_on and due_on >= raised_on);
create unique index early_warning_open on early_warning (union_id, loan_id, rule_id) where closed_at is null;
alter table class_upgrade add constraint class_upgrade_better check (to_tier < from_tier),
  add constraint class_upgrade_decided check ((decided_on is null) = (decided_by_id is null) and (decided_on is null) = (approved is null)
    and (decided_on is null) = (decision_opinion is null) and (decided_by_id is null or decided_by_id <> proposed_by_id));
create unique index class_upgrade_open on class_upgrade (union_id, loan_id) where decided_on is null;
alter table repayment_file add constraint repayment_file_hash check (sha256 ~ '^[0-9a-f]{64}$' and lines >= 0 and taken >= 0);
alter table loan_payment add constraint loan_payment_amounts check (
  (reverses_id is null and principal_fen >= 0 and interest_fen >= 0 and principal_fen + interest_fen > 0)
  or (reverses_id is not null and principal_fen <= 0 and interest_fen <= 0 and principal_fen + interest_fen < 0));
create unique index loan_payment_reversed_once on loan_payment (union_id, reverses_id) where reverses_id is not null;
alter table loan add constraint loan_arrears check (arrears_principal_fen >= 0 and arrears_interest_fen >= 0);
create index loan_overdue on loan (union_id, overdue_since) where overdue_since is not null;

-- Tenancy: by union, and by unit beneath the usecases' own checks ----------------------------------------------------
do $$
declare
  name text;
  one text[];
  whole constant text := '(select current_setting(''app.unit_scope'', true)) = ''all''';
  units constant text := '((select string_to_array(nullif(current_setting(''app.unit_scope'', true), ''all''), '','')::uuid[])::uuid[])';
begin
  foreach name in array array['staff_leave', 'calendar_day', 'inspection_task', 'task_escalation', 'inspection_report', 'inspection_supplement',
      'inspection_evidence', 'inspection_recheck', 'corrective_case', 'early_warning', 'loan_classification', 'class_upgrade', 'repayment_file',
      'loan_payment', 'arrears_revision'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format($p$create policy union_scope on %I using (union_id = (select nullif(current_setting('app.union_id', true), '')::uuid))
      with check (union_id = (select nullif(current_setting('app.union_id', true), '')::uuid))$p$, name);
    execute format('grant select, insert on %I to wugang_app', name);
  end loop;
  foreach one slice 1 in array array[['inspection_task', 'branch_id'], ['early_warning', 'branch_id'], ['corrective_case', 'unit_id']] loop
    execute format('create policy unit_scope on %I as restrictive using (%s or %I = any %s)', one[1], whole, one[2], units);
  end loop;
  foreach one slice 1 in array array[['task_escalation', 'task_id', 'inspection_task'], ['inspection_report', 'task_id', 'inspection_task'],
      ['inspection_evidence', 'task_id', 'inspection_task'], ['inspection_supplement', 'report_id', 'inspection_report'],
      ['inspection_recheck', 'report_id', 'inspection_report'], ['loan_classification', 'loan_id', 'loan'], ['class_upgrade', 'loan_id', 'loan'],
      ['loan_payment', 'loan_id', 'loan'], ['arrears_revision', 'loan_id', 'loan']] loop
    execute format('create policy unit_scope on %I as restrictive using (%s
      or exists (select from %I parent where parent.union_id = %I.union_id and parent.id = %I.%I offset 0))',
      one[1], whole, one[3], one[1], one[1], one[2]);
  end loop;
  -- What is never changed.
  foreach name in array array['task_escalation', 'inspection_report', 'inspection_supplement', 'inspection_evidence', 'loan_classification',
      'repayment_file', 'loan_payment', 'arrears_revision'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_change()', name || '_append_only', name);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', name || '_no_truncate', name);
  end loop;
end $$;
grant update (valid_to) on staff_leave to wugang_app;
grant update (working, reason, added_by_id, added_at) on calendar_day to wugang_app;
grant update (planned_on, due_on, route, state, assignee_id, assigned_unit_id, assigned_at, assignment_note, escalation, closed_on, closed_reason, version)
  on inspection_task to wugang_app;
grant update (auditor_id, outcome, opinion, closed_at) on inspection_recheck to wugang_app;
grant update (measure, measure_by_id, measure_at, closed_by_id, closed_at, closing_opinion, version) on corrective_case to wugang_app;
grant update (level, operands, last_seen_on, owner_id, owner_unit_id, due_on, measure, measure_by_id, measure_at, closed_by_id, closed_at, closing_opinion, version)
  on early_warning to wugang_app;
grant update (decided_by_id, decided_on, approved, decision_opinion, version) on class_upgrade to wugang_app;
grant update (overdue_since, arrears_principal_fen, arrears_interest_fen, arrears_on, classified_on, restructured_on, restructured_again_on, impaired)
  on loan to wugang_app;
