-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "panel_choice" AS ENUM ('tender', 'vote');

-- CreateEnum
CREATE TYPE "specimen_kind" AS ENUM ('seal', 'signature');

-- CreateEnum
CREATE TYPE "party_kind" AS ENUM ('person', 'organisation');

-- CreateEnum
CREATE TYPE "identity_kind" AS ENUM ('resident_id', 'unified_social_credit_code');

-- CreateEnum
CREATE TYPE "residence" AS ENUM ('rural', 'urban');

-- CreateEnum
CREATE TYPE "insider_status" AS ENUM ('none', 'insider', 'relative');

-- CreateEnum
CREATE TYPE "credit_level" AS ENUM ('excellent', 'good', 'ordinary');

-- CreateEnum
CREATE TYPE "household_role" AS ENUM ('head', 'spouse', 'child', 'parent', 'other');

-- CreateEnum
CREATE TYPE "link_kind" AS ENUM ('spouse', 'relative', 'controller', 'guarantor', 'joint_guarantee', 'shared_payee', 'shared_phone', 'shared_address');

-- CreateEnum
CREATE TYPE "link_status" AS ENUM ('lead', 'confirmed', 'rejected');

-- CreateEnum
CREATE TYPE "application_stage" AS ENUM ('intake', 'investigation', 'withdrawn');

-- CreateEnum
CREATE TYPE "verdict" AS ENUM ('PASS', 'WARN', 'REFER', 'BLOCK');

-- CreateEnum
CREATE TYPE "bureau_outcome" AS ENUM ('pending', 'answered', 'unavailable', 'invalid');

-- CreateEnum
CREATE TYPE "product_category" AS ENUM ('farmer_micro_credit', 'farmer_joint_guarantee', 'rural_personal', 'sole_trader', 'personal_other', 'company');

-- CreateEnum
CREATE TYPE "loan_kind" AS ENUM ('own', 'written_off', 'central_bank_swap', 'government_swap');

-- CreateEnum
CREATE TYPE "loan_status" AS ENUM ('outstanding', 'settled');

-- CreateEnum
CREATE TYPE "five_tier" AS ENUM ('normal', 'special_mention', 'substandard', 'doubtful', 'loss');

-- CreateEnum
CREATE TYPE "holder_role" AS ENUM ('owner', 'authorised');

-- CreateEnum
CREATE TYPE "payment_purpose" AS ENUM ('loan_instalment', 'leasing', 'insurance', 'household', 'other');

-- CreateEnum
CREATE TYPE "guarantee_kind" AS ENUM ('guarantee', 'pledge', 'mortgage');

-- CreateEnum
CREATE TYPE "org_unit_kind" AS ENUM ('county_union', 'business_department', 'department', 'branch', 'sub_branch');

-- CreateEnum
CREATE TYPE "location_class" AS ENUM ('township', 'county_town', 'business_department');

-- CreateEnum
CREATE TYPE "post" AS ENUM ('field_credit_officer', 'responsible_credit_officer', 'deputy_director', 'accounting_supervisor', 'branch_director', 'deliberation_group_member', 'customer_department_investigator', 'head_of_credit_department', 'vice_president', 'president', 'approval_group_member', 'legal_adviser', 'auditor', 'compliance_maker', 'compliance_checker', 'collection_clerk', 'reporter', 'system_administrator');

-- CreateEnum
CREATE TYPE "checkpoint" AS ENUM ('intake', 'investigation', 'review', 'deliberation', 'approval', 'release', 'post_loan');

-- CreateTable
CREATE TABLE "appraisal_firm" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "credit_code" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "appraisal_firm_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appraisal_panel" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "firm_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "chosen_by" "panel_choice" NOT NULL,
    "agreement_from" DATE NOT NULL,
    "agreement_to" DATE NOT NULL,

    CONSTRAINT "appraisal_panel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appraisal_specimen" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "firm_id" UUID NOT NULL,
    "kind" "specimen_kind" NOT NULL,
    "holder" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "image" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "appraisal_specimen_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "party" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "kind" "party_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "identity_kind" "identity_kind",
    "identity_cipher" BYTEA,
    "identity_blind" BYTEA,
    "identity_tail" TEXT,
    "birth_date" DATE,
    "phone_cipher" BYTEA,
    "phone_blind" BYTEA,
    "phone_tail" TEXT,
    "address" TEXT,
    "address_blind" BYTEA,
    "residence" "residence",
    "insider_status" "insider_status",
    "monthly_income_fen" BIGINT,
    "income_as_of" DATE,
    "credit_level" "credit_level",
    "credit_level_rated_on" DATE,
    "home_unit_id" UUID,
    "external_ref" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "party_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "household" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "household_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "household_member" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "role" "household_role" NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "household_member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "party_link" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "kind" "link_kind" NOT NULL,
    "from_party_id" UUID NOT NULL,
    "to_party_id" UUID NOT NULL,
    "status" "link_status" NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "source" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "party_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "joint_guarantee_group" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "unit_id" UUID NOT NULL,
    "formed_on" DATE NOT NULL,
    "dissolved_on" DATE,

    CONSTRAINT "joint_guarantee_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "joint_guarantee_member" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "joint_guarantee_member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "loan_application" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "file_no" TEXT NOT NULL,
    "branch_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "term_months" INTEGER NOT NULL,
    "instalment_fen" BIGINT,
    "debt_to_income_percent" DECIMAL(9,4),
    "purpose" TEXT NOT NULL,
    "payee_blind" BYTEA,
    "payee_tail" TEXT,
    "stage" "application_stage" NOT NULL,
    "intake_verdict" "verdict",
    "waiting_for" TEXT,
    "officer_id" UUID,
    "exception_clause" TEXT,
    "exception_papers" JSONB,
    "submitted_on" DATE NOT NULL,
    "submitted_at" TIMESTAMPTZ(6) NOT NULL,
    "closed_at" TIMESTAMPTZ(6),
    "closed_reason" TEXT,
    "book_hash" TEXT,
    "external_ref" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "loan_application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bureau_consent" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "signed_on" DATE NOT NULL,
    "expires_on" DATE NOT NULL,
    "revoked_on" DATE,
    "evidence" TEXT NOT NULL,
    "recorded_by_id" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "bureau_consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bureau_query" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "application_id" UUID,
    "consent_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "outcome" "bureau_outcome" NOT NULL,
    "detail" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "requested_at" TIMESTAMPTZ(6) NOT NULL,
    "answered_at" TIMESTAMPTZ(6),
    "requested_by_id" UUID,

    CONSTRAINT "bureau_query_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bureau_report" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "query_id" UUID,
    "provider" TEXT NOT NULL,
    "reported_on" DATE NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,
    "whole_cipher" BYTEA,
    "summary" JSONB NOT NULL,
    "external_ref" TEXT,

    CONSTRAINT "bureau_report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name_zh" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "category" "product_category" NOT NULL,
    "customer_kind" "party_kind" NOT NULL,
    "unsecured" BOOLEAN NOT NULL,
    "active_from" DATE NOT NULL,
    "active_to" DATE,

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deposit_account" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "branch_id" UUID NOT NULL,
    "account_tail" TEXT,
    "external_ref" TEXT NOT NULL,
    "opened_on" DATE,

    CONSTRAINT "deposit_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_holder" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "role" "holder_role" NOT NULL,

    CONSTRAINT "account_holder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "standing_payment" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "purpose" "payment_purpose" NOT NULL,
    "payee_blind" BYTEA,
    "payee_tail" TEXT,
    "amount_fen" BIGINT,
    "external_ref" TEXT NOT NULL,

    CONSTRAINT "standing_payment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "loan" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "loan_no" TEXT NOT NULL,
    "branch_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "product_code" TEXT,
    "kind" "loan_kind" NOT NULL,
    "status" "loan_status" NOT NULL,
    "five_tier" "five_tier",
    "principal_fen" BIGINT NOT NULL,
    "balance_fen" BIGINT NOT NULL,
    "issued_on" DATE NOT NULL,
    "due_on" DATE,
    "settled_on" DATE,
    "overdue_days" INTEGER,
    "repayment_account_id" UUID,
    "application_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "loan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "guarantee" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "loan_id" UUID,
    "application_id" UUID,
    "guarantor_id" UUID NOT NULL,
    "kind" "guarantee_kind" NOT NULL,
    "amount_fen" BIGINT,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "external_ref" TEXT,

    CONSTRAINT "guarantee_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "party_exposure" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "outstanding_fen" BIGINT NOT NULL,
    "outstanding_loans" INTEGER NOT NULL,

    CONSTRAINT "party_exposure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "county_union" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "city_union_name" TEXT,
    "business_date" DATE,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "county_union_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "org_unit" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "parent_id" UUID,
    "kind" "org_unit_kind" NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "location" "location_class",
    "opened_on" DATE,
    "closed_on" DATE,
    "external_ref" TEXT,

    CONSTRAINT "org_unit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "staff_no" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "home_unit_id" UUID NOT NULL,
    "party_id" UUID,
    "joined_on" DATE NOT NULL,
    "left_on" DATE,

    CONSTRAINT "staff_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "post_appointment" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "post" "post" NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "basis" TEXT NOT NULL,
    "delegated_from_id" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "post_appointment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_account" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "login" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "failed_attempts" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(6),
    "disabled_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_session" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "user_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "appointment_id" UUID,
    "request_id" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" UUID,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_event" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "dispatched_at" TIMESTAMPTZ(6),

    CONSTRAINT "outbox_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "actor_id" UUID NOT NULL,
    "route" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "status" INTEGER,
    "response" JSONB,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "number_sequence" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "last_number" INTEGER NOT NULL,

    CONSTRAINT "number_sequence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_run" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "mapping_name" TEXT NOT NULL,
    "mapping_hash" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "finished_at" TIMESTAMPTZ(6) NOT NULL,
    "taken" JSONB NOT NULL,
    "refused" INTEGER NOT NULL,

    CONSTRAINT "import_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_book" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "book_version" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "effective_from" DATE NOT NULL,
    "published_at" TIMESTAMPTZ(6) NOT NULL,
    "maker_id" UUID,
    "checker_id" UUID,

    CONSTRAINT "rule_book_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_parameter" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "unit" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "source" TEXT NOT NULL,
    "clause" TEXT NOT NULL,
    "own" BOOLEAN NOT NULL,
    "confirmed_on" DATE,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "policy_parameter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "parameter_set" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "parameter_set_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "checkpoint" "checkpoint" NOT NULL,
    "business_date" DATE NOT NULL,
    "book_hash" TEXT NOT NULL,
    "parameter_set_hash" TEXT NOT NULL,
    "product_code" TEXT NOT NULL,
    "verdict" "verdict" NOT NULL,
    "facts" JSONB NOT NULL,
    "facts_hash" TEXT NOT NULL,
    "outcome_hash" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(6) NOT NULL,
    "decided_by_id" UUID,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "rule_id" TEXT NOT NULL,
    "clause" TEXT NOT NULL,
    "severity" "verdict" NOT NULL,
    "verdict" "verdict" NOT NULL,
    "judged" BOOLEAN NOT NULL,
    "excepted" TEXT,
    "operands" JSONB NOT NULL,
    "reason_zh" TEXT NOT NULL,
    "reason_en" TEXT NOT NULL,

    CONSTRAINT "finding_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "appraisal_firm_union_id_id_key" ON "appraisal_firm"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "appraisal_firm_union_id_credit_code_key" ON "appraisal_firm"("union_id", "credit_code");

-- CreateIndex
CREATE UNIQUE INDEX "appraisal_panel_union_id_id_key" ON "appraisal_panel"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "appraisal_panel_union_id_firm_id_year_key" ON "appraisal_panel"("union_id", "firm_id", "year");

-- CreateIndex
CREATE UNIQUE INDEX "appraisal_specimen_union_id_id_key" ON "appraisal_specimen"("union_id", "id");

-- CreateIndex
CREATE INDEX "party_union_id_name_birth_date_idx" ON "party"("union_id", "name", "birth_date");

-- CreateIndex
CREATE INDEX "party_union_id_phone_blind_idx" ON "party"("union_id", "phone_blind");

-- CreateIndex
CREATE INDEX "party_union_id_address_blind_idx" ON "party"("union_id", "address_blind");

-- CreateIndex
CREATE UNIQUE INDEX "party_union_id_id_key" ON "party"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "party_union_id_identity_blind_key" ON "party"("union_id", "identity_blind");

-- CreateIndex
CREATE UNIQUE INDEX "party_union_id_external_ref_key" ON "party"("union_id", "external_ref");

-- CreateIndex
CREATE UNIQUE INDEX "household_union_id_id_key" ON "household"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "household_union_id_code_key" ON "household"("union_id", "code");

-- CreateIndex
CREATE INDEX "household_member_union_id_party_id_idx" ON "household_member"("union_id", "party_id");

-- CreateIndex
CREATE UNIQUE INDEX "household_member_union_id_id_key" ON "household_member"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "household_member_union_id_household_id_party_id_valid_from_key" ON "household_member"("union_id", "household_id", "party_id", "valid_from");

-- CreateIndex
CREATE INDEX "party_link_union_id_to_party_id_idx" ON "party_link"("union_id", "to_party_id");

-- CreateIndex
CREATE UNIQUE INDEX "party_link_union_id_id_key" ON "party_link"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "party_link_union_id_kind_from_party_id_to_party_id_valid_fr_key" ON "party_link"("union_id", "kind", "from_party_id", "to_party_id", "valid_from");

-- CreateIndex
CREATE UNIQUE INDEX "joint_guarantee_group_union_id_id_key" ON "joint_guarantee_group"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "joint_guarantee_group_union_id_code_key" ON "joint_guarantee_group"("union_id", "code");

-- CreateIndex
CREATE INDEX "joint_guarantee_member_union_id_party_id_idx" ON "joint_guarantee_member"("union_id", "party_id");

-- CreateIndex
CREATE UNIQUE INDEX "joint_guarantee_member_union_id_id_key" ON "joint_guarantee_member"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "joint_guarantee_member_union_id_group_id_party_id_valid_fro_key" ON "joint_guarantee_member"("union_id", "group_id", "party_id", "valid_from");

-- CreateIndex
CREATE INDEX "loan_application_union_id_party_id_idx" ON "loan_application"("union_id", "party_id");

-- CreateIndex
CREATE INDEX "loan_application_union_id_branch_id_stage_id_idx" ON "loan_application"("union_id", "branch_id", "stage", "id");

-- CreateIndex
CREATE UNIQUE INDEX "loan_application_union_id_id_key" ON "loan_application"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "loan_application_union_id_file_no_key" ON "loan_application"("union_id", "file_no");

-- CreateIndex
CREATE UNIQUE INDEX "loan_application_union_id_external_ref_key" ON "loan_application"("union_id", "external_ref");

-- CreateIndex
CREATE UNIQUE INDEX "bureau_consent_union_id_id_key" ON "bureau_consent"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "bureau_consent_union_id_party_id_signed_on_purpose_key" ON "bureau_consent"("union_id", "party_id", "signed_on", "purpose");

-- CreateIndex
CREATE INDEX "bureau_query_union_id_party_id_requested_at_idx" ON "bureau_query"("union_id", "party_id", "requested_at");

-- CreateIndex
CREATE UNIQUE INDEX "bureau_query_union_id_id_key" ON "bureau_query"("union_id", "id");

-- CreateIndex
CREATE INDEX "bureau_report_union_id_party_id_reported_on_idx" ON "bureau_report"("union_id", "party_id", "reported_on" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "bureau_report_union_id_id_key" ON "bureau_report"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "bureau_report_union_id_external_ref_key" ON "bureau_report"("union_id", "external_ref");

-- CreateIndex
CREATE UNIQUE INDEX "product_union_id_id_key" ON "product"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "product_union_id_code_key" ON "product"("union_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "deposit_account_union_id_id_key" ON "deposit_account"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "deposit_account_union_id_external_ref_key" ON "deposit_account"("union_id", "external_ref");

-- CreateIndex
CREATE INDEX "account_holder_union_id_party_id_idx" ON "account_holder"("union_id", "party_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_holder_union_id_id_key" ON "account_holder"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "account_holder_union_id_account_id_party_id_key" ON "account_holder"("union_id", "account_id", "party_id");

-- CreateIndex
CREATE INDEX "standing_payment_union_id_account_id_idx" ON "standing_payment"("union_id", "account_id");

-- CreateIndex
CREATE INDEX "standing_payment_union_id_payee_blind_idx" ON "standing_payment"("union_id", "payee_blind");

-- CreateIndex
CREATE UNIQUE INDEX "standing_payment_union_id_id_key" ON "standing_payment"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "standing_payment_union_id_external_ref_key" ON "standing_payment"("union_id", "external_ref");

-- CreateIndex
CREATE INDEX "loan_union_id_party_id_idx" ON "loan"("union_id", "party_id");

-- CreateIndex
CREATE INDEX "loan_union_id_branch_id_idx" ON "loan"("union_id", "branch_id");

-- CreateIndex
CREATE INDEX "loan_union_id_repayment_account_id_idx" ON "loan"("union_id", "repayment_account_id");

-- CreateIndex
CREATE UNIQUE INDEX "loan_union_id_id_key" ON "loan"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "loan_union_id_loan_no_key" ON "loan"("union_id", "loan_no");

-- CreateIndex
CREATE INDEX "guarantee_union_id_guarantor_id_idx" ON "guarantee"("union_id", "guarantor_id");

-- CreateIndex
CREATE INDEX "guarantee_union_id_application_id_idx" ON "guarantee"("union_id", "application_id");

-- CreateIndex
CREATE INDEX "guarantee_union_id_loan_id_idx" ON "guarantee"("union_id", "loan_id");

-- CreateIndex
CREATE UNIQUE INDEX "guarantee_union_id_id_key" ON "guarantee"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "guarantee_union_id_external_ref_key" ON "guarantee"("union_id", "external_ref");

-- CreateIndex
CREATE INDEX "party_exposure_union_id_outstanding_fen_idx" ON "party_exposure"("union_id", "outstanding_fen" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "party_exposure_union_id_id_key" ON "party_exposure"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "party_exposure_union_id_party_id_key" ON "party_exposure"("union_id", "party_id");

-- CreateIndex
CREATE UNIQUE INDEX "county_union_code_key" ON "county_union"("code");

-- CreateIndex
CREATE UNIQUE INDEX "org_unit_union_id_id_key" ON "org_unit"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "org_unit_union_id_code_key" ON "org_unit"("union_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "org_unit_union_id_external_ref_key" ON "org_unit"("union_id", "external_ref");

-- CreateIndex
CREATE UNIQUE INDEX "staff_union_id_id_key" ON "staff"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_union_id_staff_no_key" ON "staff"("union_id", "staff_no");

-- CreateIndex
CREATE INDEX "post_appointment_union_id_staff_id_valid_from_idx" ON "post_appointment"("union_id", "staff_id", "valid_from");

-- CreateIndex
CREATE INDEX "post_appointment_union_id_unit_id_post_idx" ON "post_appointment"("union_id", "unit_id", "post");

-- CreateIndex
CREATE UNIQUE INDEX "post_appointment_union_id_id_key" ON "post_appointment"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "user_account_login_key" ON "user_account"("login");

-- CreateIndex
CREATE UNIQUE INDEX "user_account_union_id_id_key" ON "user_account"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "user_session_token_hash_key" ON "user_session"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "user_session_union_id_id_key" ON "user_session"("union_id", "id");

-- CreateIndex
CREATE INDEX "audit_event_union_id_subject_kind_subject_id_idx" ON "audit_event"("union_id", "subject_kind", "subject_id");

-- CreateIndex
CREATE INDEX "audit_event_union_id_at_idx" ON "audit_event"("union_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_union_id_id_key" ON "audit_event"("union_id", "id");

-- CreateIndex
CREATE INDEX "outbox_event_dispatched_at_created_at_idx" ON "outbox_event"("dispatched_at", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_event_union_id_id_key" ON "outbox_event"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "idempotency_key_union_id_id_key" ON "idempotency_key"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "idempotency_key_union_id_actor_id_route_key_key" ON "idempotency_key"("union_id", "actor_id", "route", "key");

-- CreateIndex
CREATE UNIQUE INDEX "number_sequence_union_id_id_key" ON "number_sequence"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "number_sequence_union_id_name_year_key" ON "number_sequence"("union_id", "name", "year");

-- CreateIndex
CREATE UNIQUE INDEX "import_run_union_id_id_key" ON "import_run"("union_id", "id");

-- CreateIndex
CREATE INDEX "rule_book_union_id_effective_from_idx" ON "rule_book"("union_id", "effective_from");

-- CreateIndex
CREATE UNIQUE INDEX "rule_book_union_id_id_key" ON "rule_book"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "rule_book_union_id_hash_key" ON "rule_book"("union_id", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "policy_parameter_union_id_id_key" ON "policy_parameter"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "policy_parameter_union_id_key_valid_from_key" ON "policy_parameter"("union_id", "key", "valid_from");

-- CreateIndex
CREATE UNIQUE INDEX "parameter_set_union_id_id_key" ON "parameter_set"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "parameter_set_union_id_hash_key" ON "parameter_set"("union_id", "hash");

-- CreateIndex
CREATE INDEX "decision_union_id_application_id_decided_at_idx" ON "decision"("union_id", "application_id", "decided_at");

-- CreateIndex
CREATE UNIQUE INDEX "decision_union_id_id_key" ON "decision"("union_id", "id");

-- CreateIndex
CREATE INDEX "finding_union_id_rule_id_idx" ON "finding"("union_id", "rule_id");

-- CreateIndex
CREATE UNIQUE INDEX "finding_union_id_id_key" ON "finding"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "finding_union_id_decision_id_position_key" ON "finding"("union_id", "decision_id", "position");

-- AddForeignKey
ALTER TABLE "appraisal_firm" ADD CONSTRAINT "appraisal_firm_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "appraisal_panel" ADD CONSTRAINT "appraisal_panel_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "appraisal_panel" ADD CONSTRAINT "appraisal_panel_union_id_firm_id_fkey" FOREIGN KEY ("union_id", "firm_id") REFERENCES "appraisal_firm"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "appraisal_specimen" ADD CONSTRAINT "appraisal_specimen_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "appraisal_specimen" ADD CONSTRAINT "appraisal_specimen_union_id_firm_id_fkey" FOREIGN KEY ("union_id", "firm_id") REFERENCES "appraisal_firm"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "party" ADD CONSTRAINT "party_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "party" ADD CONSTRAINT "party_union_id_home_unit_id_fkey" FOREIGN KEY ("union_id", "home_unit_id") REFERENCES "org_unit"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "household" ADD CONSTRAINT "household_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "household_member" ADD CONSTRAINT "household_member_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "household_member" ADD CONSTRAINT "household_member_union_id_household_id_fkey" FOREIGN KEY ("union_id", "household_id") REFERENCES "household"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "household_member" ADD CONSTRAINT "household_member_union_id_party_id_fkey" FOREIGN KEY ("union_id", "party_id") REFERENCES "party"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "party_link" ADD CONSTRAINT "party_link_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "party_link" ADD CONSTRAINT "party_link_union_id_from_party_id_fkey" FOREIGN KEY ("union_id", "from_party_id") REFERENCES "party"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "party_link" ADD CONSTRAINT "party_link_union_id_to_party_id_fkey" FOREIGN KEY ("union_id", "to_party_id") REFERENCES "party"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "joint_guarantee_group" ADD CONSTRAINT "joint_guarantee_group_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "joint_guarantee_group" ADD CONSTRAINT "joint_guarantee_group_union_id_unit_id_fkey" FOREIGN KEY ("union_id", "unit_id") REFERENCES "org_unit"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "joint_guarantee_member" ADD CONSTRAINT "joint_guarantee_member_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "joint_guarantee_member" ADD CONSTRAINT "joint_guarantee_member_union_id_group_id_fkey" FOREIGN KEY ("union_id", "group_id") REFERENCES "joint_guarantee_group"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "joint_guarantee_member" ADD CONSTRAINT "joint_guarantee_member_union_id_household_id_fkey" FOREIGN KEY ("union_id", "household_id") REFERENCES "household"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "joint_guarantee_member" ADD CONSTRAINT "joint_guarantee_member_union_id_party_id_fkey" FOREIGN KEY ("union_id", "party_id") REFERENCES "party"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_application" ADD CONSTRAINT "loan_application_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_application" ADD CONSTRAINT "loan_application_union_id_branch_id_fkey" FOREIGN KEY ("union_id", "branch_id") REFERENCES "org_unit"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_application" ADD CONSTRAINT "loan_application_union_id_party_id_fkey" FOREIGN KEY ("union_id", "party_id") REFERENCES "party"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_application" ADD CONSTRAINT "loan_application_union_id_product_id_fkey" FOREIGN KEY ("union_id", "product_id") REFERENCES "product"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_application" ADD CONSTRAINT "loan_application_union_id_officer_id_fkey" FOREIGN KEY ("union_id", "officer_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "bureau_consent" ADD CONSTRAINT "bureau_consent_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "bureau_consent" ADD CONSTRAINT "bureau_consent_union_id_party_id_fkey" FOREIGN KEY ("union_id", "party_id") REFERENCES "party"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "bureau_consent" ADD CONSTRAINT "bureau_consent_union_id_recorded_by_id_fkey" FOREIGN KEY ("union_id", "recorded_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "bureau_query" ADD CONSTRAINT "bureau_query_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "bureau_query" ADD CONSTRAINT "bureau_query_union_id_party_id_fkey" FOREIGN KEY ("union_id", "party_id") REFERENCES "party"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "bureau_query" ADD CONSTRAINT "bureau_query_union_id_application_id_fkey" FOREIGN KEY ("union_id", "application_id") REFERENCES "loan_application"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "bureau_query" ADD CONSTRAINT "bureau_query_union_id_consent_id_fkey" FOREIGN KEY ("union_id", "consent_id") REFERENCES "bureau_consent"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "bureau_query" ADD CONSTRAINT "bureau_query_union_id_requested_by_id_fkey" FOREIGN KEY ("union_id", "requested_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "bureau_report" ADD CONSTRAINT "bureau_report_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "bureau_report" ADD CONSTRAINT "bureau_report_union_id_party_id_fkey" FOREIGN KEY ("union_id", "party_id") REFERENCES "party"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "bureau_report" ADD CONSTRAINT "bureau_report_union_id_query_id_fkey" FOREIGN KEY ("union_id", "query_id") REFERENCES "bureau_query"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "product" ADD CONSTRAINT "product_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "deposit_account" ADD CONSTRAINT "deposit_account_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "deposit_account" ADD CONSTRAINT "deposit_account_union_id_branch_id_fkey" FOREIGN KEY ("union_id", "branch_id") REFERENCES "org_unit"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "account_holder" ADD CONSTRAINT "account_holder_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "account_holder" ADD CONSTRAINT "account_holder_union_id_account_id_fkey" FOREIGN KEY ("union_id", "account_id") REFERENCES "deposit_account"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "account_holder" ADD CONSTRAINT "account_holder_union_id_party_id_fkey" FOREIGN KEY ("union_id", "party_id") REFERENCES "party"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "standing_payment" ADD CONSTRAINT "standing_payment_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "standing_payment" ADD CONSTRAINT "standing_payment_union_id_account_id_fkey" FOREIGN KEY ("union_id", "account_id") REFERENCES "deposit_account"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan" ADD CONSTRAINT "loan_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan" ADD CONSTRAINT "loan_union_id_branch_id_fkey" FOREIGN KEY ("union_id", "branch_id") REFERENCES "org_unit"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan" ADD CONSTRAINT "loan_union_id_party_id_fkey" FOREIGN KEY ("union_id", "party_id") REFERENCES "party"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan" ADD CONSTRAINT "loan_union_id_repayment_account_id_fkey" FOREIGN KEY ("union_id", "repayment_account_id") REFERENCES "deposit_account"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan" ADD CONSTRAINT "loan_union_id_application_id_fkey" FOREIGN KEY ("union_id", "application_id") REFERENCES "loan_application"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "guarantee" ADD CONSTRAINT "guarantee_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "guarantee" ADD CONSTRAINT "guarantee_union_id_loan_id_fkey" FOREIGN KEY ("union_id", "loan_id") REFERENCES "loan"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "guarantee" ADD CONSTRAINT "guarantee_union_id_application_id_fkey" FOREIGN KEY ("union_id", "application_id") REFERENCES "loan_application"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "guarantee" ADD CONSTRAINT "guarantee_union_id_guarantor_id_fkey" FOREIGN KEY ("union_id", "guarantor_id") REFERENCES "party"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "party_exposure" ADD CONSTRAINT "party_exposure_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "party_exposure" ADD CONSTRAINT "party_exposure_union_id_party_id_fkey" FOREIGN KEY ("union_id", "party_id") REFERENCES "party"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "org_unit" ADD CONSTRAINT "org_unit_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "org_unit" ADD CONSTRAINT "org_unit_union_id_parent_id_fkey" FOREIGN KEY ("union_id", "parent_id") REFERENCES "org_unit"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_union_id_home_unit_id_fkey" FOREIGN KEY ("union_id", "home_unit_id") REFERENCES "org_unit"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_union_id_party_id_fkey" FOREIGN KEY ("union_id", "party_id") REFERENCES "party"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "post_appointment" ADD CONSTRAINT "post_appointment_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "post_appointment" ADD CONSTRAINT "post_appointment_union_id_staff_id_fkey" FOREIGN KEY ("union_id", "staff_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "post_appointment" ADD CONSTRAINT "post_appointment_union_id_unit_id_fkey" FOREIGN KEY ("union_id", "unit_id") REFERENCES "org_unit"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "post_appointment" ADD CONSTRAINT "post_appointment_union_id_delegated_from_id_fkey" FOREIGN KEY ("union_id", "delegated_from_id") REFERENCES "post_appointment"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "user_account" ADD CONSTRAINT "user_account_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "user_account" ADD CONSTRAINT "user_account_union_id_staff_id_fkey" FOREIGN KEY ("union_id", "staff_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "user_session" ADD CONSTRAINT "user_session_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "user_session" ADD CONSTRAINT "user_session_union_id_account_id_fkey" FOREIGN KEY ("union_id", "account_id") REFERENCES "user_account"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_union_id_actor_id_fkey" FOREIGN KEY ("union_id", "actor_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_union_id_appointment_id_fkey" FOREIGN KEY ("union_id", "appointment_id") REFERENCES "post_appointment"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "outbox_event" ADD CONSTRAINT "outbox_event_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "idempotency_key" ADD CONSTRAINT "idempotency_key_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "number_sequence" ADD CONSTRAINT "number_sequence_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "import_run" ADD CONSTRAINT "import_run_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "rule_book" ADD CONSTRAINT "rule_book_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "rule_book" ADD CONSTRAINT "rule_book_union_id_maker_id_fkey" FOREIGN KEY ("union_id", "maker_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "rule_book" ADD CONSTRAINT "rule_book_union_id_checker_id_fkey" FOREIGN KEY ("union_id", "checker_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "policy_parameter" ADD CONSTRAINT "policy_parameter_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "parameter_set" ADD CONSTRAINT "parameter_set_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_union_id_application_id_fkey" FOREIGN KEY ("union_id", "application_id") REFERENCES "loan_application"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_union_id_decided_by_id_fkey" FOREIGN KEY ("union_id", "decided_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_union_id_decision_id_fkey" FOREIGN KEY ("union_id", "decision_id") REFERENCES "decision"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
