-- CreateEnum
CREATE TYPE "loan_post" AS ENUM ('investigation', 'review', 'deliberation', 'approval', 'inspection');

-- CreateEnum
CREATE TYPE "authority_route" AS ENUM ('within', 'over');

-- CreateEnum
CREATE TYPE "post_action" AS ENUM ('investigate', 'accompany', 'pass_review', 'vote', 'approve', 'refuse', 'send_back');

-- CreateEnum
CREATE TYPE "vote_choice" AS ENUM ('support', 'oppose', 'abstain');

-- CreateEnum
CREATE TYPE "deliberation_outcome" AS ENUM ('carried', 'rejected');

-- CreateEnum
CREATE TYPE "repayment_method" AS ENUM ('equal_principal', 'equal_payment', 'interest_first', 'bullet');

-- CreateEnum
CREATE TYPE "day_count" AS ENUM ('thirty_360', 'actual_360', 'actual_365');

-- AlterTable
ALTER TABLE "loan_application" ADD COLUMN     "approved_amount_fen" BIGINT,
ADD COLUMN     "round" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "route" "authority_route";

-- CreateTable
CREATE TABLE "authority_limit" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "category" "product_category" NOT NULL,
    "limit_fen" BIGINT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE NOT NULL,
    "basis" TEXT NOT NULL,

    CONSTRAINT "authority_limit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "post_act" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "post" "loan_post" NOT NULL,
    "action" "post_action" NOT NULL,
    "staff_id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "deliberation_id" UUID,
    "choice" "vote_choice",
    "return_to" "application_stage",
    "opinion" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "round" INTEGER NOT NULL,
    "acted_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "post_act_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliberation" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "convened_by_id" UUID NOT NULL,
    "convened_at" TIMESTAMPTZ(6) NOT NULL,
    "closed_at" TIMESTAMPTZ(6),
    "outcome" "deliberation_outcome",
    "minutes" JSONB,
    "minutes_hash" TEXT,

    CONSTRAINT "deliberation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliberation_member" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "deliberation_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "conflict" TEXT,

    CONSTRAINT "deliberation_member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding_answer" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "opinion" TEXT NOT NULL,
    "answered_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "finding_answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approved_terms" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "term_months" INTEGER NOT NULL,
    "rate_ten_thousandths" INTEGER NOT NULL,
    "method" "repayment_method" NOT NULL,
    "day_count" "day_count" NOT NULL,
    "payee" TEXT NOT NULL,
    "conditions" JSONB NOT NULL,
    "approved_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "approved_terms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "loan_contract" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "contract_no" TEXT NOT NULL,
    "signed_on" DATE NOT NULL,
    "conditions_met" JSONB NOT NULL,
    "recorded_by_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "loan_contract_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "loan_instalment" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "loan_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "due_on" DATE NOT NULL,
    "principal_fen" BIGINT NOT NULL,
    "interest_fen" BIGINT NOT NULL,

    CONSTRAINT "loan_instalment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "authority_limit_union_id_id_key" ON "authority_limit"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "authority_limit_union_id_unit_id_category_valid_from_key" ON "authority_limit"("union_id", "unit_id", "category", "valid_from");

-- CreateIndex
CREATE INDEX "post_act_union_id_application_id_acted_at_idx" ON "post_act"("union_id", "application_id", "acted_at");

-- CreateIndex
CREATE UNIQUE INDEX "post_act_union_id_id_key" ON "post_act"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "deliberation_union_id_id_key" ON "deliberation"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "deliberation_union_id_application_id_round_key" ON "deliberation"("union_id", "application_id", "round");

-- CreateIndex
CREATE UNIQUE INDEX "deliberation_member_union_id_id_key" ON "deliberation_member"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "deliberation_member_union_id_deliberation_id_staff_id_key" ON "deliberation_member"("union_id", "deliberation_id", "staff_id");

-- CreateIndex
CREATE UNIQUE INDEX "finding_answer_union_id_id_key" ON "finding_answer"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "finding_answer_union_id_finding_id_key" ON "finding_answer"("union_id", "finding_id");

-- CreateIndex
CREATE UNIQUE INDEX "approved_terms_union_id_id_key" ON "approved_terms"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "approved_terms_union_id_application_id_round_key" ON "approved_terms"("union_id", "application_id", "round");

-- CreateIndex
CREATE UNIQUE INDEX "loan_contract_union_id_id_key" ON "loan_contract"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "loan_contract_union_id_application_id_round_key" ON "loan_contract"("union_id", "application_id", "round");

-- CreateIndex
CREATE UNIQUE INDEX "loan_contract_union_id_contract_no_key" ON "loan_contract"("union_id", "contract_no");

-- CreateIndex
CREATE INDEX "loan_instalment_union_id_due_on_idx" ON "loan_instalment"("union_id", "due_on");

-- CreateIndex
CREATE UNIQUE INDEX "loan_instalment_union_id_id_key" ON "loan_instalment"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "loan_instalment_union_id_loan_id_number_key" ON "loan_instalment"("union_id", "loan_id", "number");

-- AddForeignKey
ALTER TABLE "authority_limit" ADD CONSTRAINT "authority_limit_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "authority_limit" ADD CONSTRAINT "authority_limit_union_id_unit_id_fkey" FOREIGN KEY ("union_id", "unit_id") REFERENCES "org_unit"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "post_act" ADD CONSTRAINT "post_act_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "post_act" ADD CONSTRAINT "post_act_union_id_application_id_fkey" FOREIGN KEY ("union_id", "application_id") REFERENCES "loan_application"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "post_act" ADD CONSTRAINT "post_act_union_id_staff_id_fkey" FOREIGN KEY ("union_id", "staff_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "post_act" ADD CONSTRAINT "post_act_union_id_appointment_id_fkey" FOREIGN KEY ("union_id", "appointment_id") REFERENCES "post_appointment"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "post_act" ADD CONSTRAINT "post_act_union_id_deliberation_id_fkey" FOREIGN KEY ("union_id", "deliberation_id") REFERENCES "deliberation"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "deliberation" ADD CONSTRAINT "deliberation_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "deliberation" ADD CONSTRAINT "deliberation_union_id_application_id_fkey" FOREIGN KEY ("union_id", "application_id") REFERENCES "loan_application"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "deliberation" ADD CONSTRAINT "deliberation_union_id_convened_by_id_fkey" FOREIGN KEY ("union_id", "convened_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "deliberation_member" ADD CONSTRAINT "deliberation_member_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "deliberation_member" ADD CONSTRAINT "deliberation_member_union_id_deliberation_id_fkey" FOREIGN KEY ("union_id", "deliberation_id") REFERENCES "deliberation"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "deliberation_member" ADD CONSTRAINT "deliberation_member_union_id_staff_id_fkey" FOREIGN KEY ("union_id", "staff_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "finding_answer" ADD CONSTRAINT "finding_answer_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "finding_answer" ADD CONSTRAINT "finding_answer_union_id_finding_id_fkey" FOREIGN KEY ("union_id", "finding_id") REFERENCES "finding"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "finding_answer" ADD CONSTRAINT "finding_answer_union_id_staff_id_fkey" FOREIGN KEY ("union_id", "staff_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "finding_answer" ADD CONSTRAINT "finding_answer_union_id_appointment_id_fkey" FOREIGN KEY ("union_id", "appointment_id") REFERENCES "post_appointment"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "approved_terms" ADD CONSTRAINT "approved_terms_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "approved_terms" ADD CONSTRAINT "approved_terms_union_id_application_id_fkey" FOREIGN KEY ("union_id", "application_id") REFERENCES "loan_application"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_contract" ADD CONSTRAINT "loan_contract_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_contract" ADD CONSTRAINT "loan_contract_union_id_application_id_fkey" FOREIGN KEY ("union_id", "application_id") REFERENCES "loan_application"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_contract" ADD CONSTRAINT "loan_contract_union_id_recorded_by_id_fkey" FOREIGN KEY ("union_id", "recorded_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_instalment" ADD CONSTRAINT "loan_instalment_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_instalment" ADD CONSTRAINT "loan_instalment_union_id_loan_id_fkey" FOREIGN KEY ("union_id", "loan_id") REFERENCES "loan"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

