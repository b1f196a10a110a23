-- CreateEnum
CREATE TYPE "rule_draft_state" AS ENUM ('draft', 'submitted', 'checked', 'published', 'returned');

-- AlterEnum

ALTER TYPE "notification_kind" ADD VALUE 'draft_submitted';
ALTER TYPE "notification_kind" ADD VALUE 'draft_checked';
ALTER TYPE "notification_kind" ADD VALUE 'draft_returned';
ALTER TYPE "notification_kind" ADD VALUE 'rules_published';
ALTER TYPE "notification_kind" ADD VALUE 'stop_ordered';
ALTER TYPE "notification_kind" ADD VALUE 'product_stopped';
ALTER TYPE "notification_kind" ADD VALUE 'lifting_ordered';
ALTER TYPE "notification_kind" ADD VALUE 'stop_lifted';

-- DropIndex
DROP INDEX "policy_parameter_union_id_key_valid_from_key";

-- DropIndex
DROP INDEX "finding_answer_union_id_finding_id_key";

-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "subject_id" UUID;

-- AlterTable
ALTER TABLE "policy_parameter" ADD COLUMN     "draft_id" UUID,
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "source_en" TEXT;

-- AlterTable
ALTER TABLE "decision" ADD COLUMN     "pinned_book_hash" TEXT;

-- AlterTable
ALTER TABLE "finding" ADD COLUMN     "book_hash" TEXT;

-- AlterTable
ALTER TABLE "finding_answer" ADD COLUMN     "waived_until" DATE;

-- CreateTable
CREATE TABLE "rule_draft" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "state" "rule_draft_state" NOT NULL,
    "title" TEXT NOT NULL,
    "content" JSONB,
    "parameters" JSONB NOT NULL,
    "cases" JSONB NOT NULL,
    "hash" TEXT,
    "rollback_of" TEXT,
    "effective_from" DATE,
    "maker_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "submitted_at" TIMESTAMPTZ(6),
    "checker_id" UUID,
    "checked_at" TIMESTAMPTZ(6),
    "check_opinion" TEXT,
    "returned_by_id" UUID,
    "returned_at" TIMESTAMPTZ(6),
    "return_reason" TEXT,
    "published_by_id" UUID,
    "published_at" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "rule_draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_publication" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "book_hash" TEXT NOT NULL,
    "effective_from" DATE NOT NULL,
    "draft_id" UUID,
    "maker_id" UUID,
    "checker_id" UUID,
    "published_at" TIMESTAMPTZ(6) NOT NULL,
    "signature" TEXT,
    "public_key" TEXT,

    CONSTRAINT "rule_publication_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product_stop" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "product_code" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "ordered_by_id" UUID NOT NULL,
    "ordered_at" TIMESTAMPTZ(6) NOT NULL,
    "confirmed_by_id" UUID,
    "confirmed_at" TIMESTAMPTZ(6),
    "lift_reason" TEXT,
    "lift_ordered_by_id" UUID,
    "lift_ordered_at" TIMESTAMPTZ(6),
    "lifted_by_id" UUID,
    "lifted_at" TIMESTAMPTZ(6),

    CONSTRAINT "product_stop_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "rule_draft_union_id_state_created_at_idx" ON "rule_draft"("union_id", "state", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "rule_draft_union_id_id_key" ON "rule_draft"("union_id", "id");

-- CreateIndex
CREATE INDEX "rule_publication_union_id_effective_from_published_at_idx" ON "rule_publication"("union_id", "effective_from", "published_at");

-- CreateIndex
CREATE UNIQUE INDEX "rule_publication_union_id_id_key" ON "rule_publication"("union_id", "id");

-- CreateIndex
CREATE INDEX "product_stop_union_id_product_code_ordered_at_idx" ON "product_stop"("union_id", "product_code", "ordered_at");

-- CreateIndex
CREATE UNIQUE INDEX "product_stop_union_id_id_key" ON "product_stop"("union_id", "id");

-- CreateIndex
CREATE INDEX "policy_parameter_union_id_key_valid_from_idx" ON "policy_parameter"("union_id", "key", "valid_from");

-- CreateIndex
CREATE INDEX "finding_answer_union_id_finding_id_idx" ON "finding_answer"("union_id", "finding_id");

-- AddForeignKey
ALTER TABLE "rule_draft" ADD CONSTRAINT "rule_draft_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "rule_draft" ADD CONSTRAINT "rule_draft_union_id_maker_id_fkey" FOREIGN KEY ("union_id", "maker_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "rule_draft" ADD CONSTRAINT "rule_draft_union_id_checker_id_fkey" FOREIGN KEY ("union_id", "checker_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "rule_draft" ADD CONSTRAINT "rule_draft_union_id_returned_by_id_fkey" FOREIGN KEY ("union_id", "returned_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "rule_draft" ADD CONSTRAINT "rule_draft_union_id_published_by_id_fkey" FOREIGN KEY ("union_id", "published_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "rule_publication" ADD CONSTRAINT "rule_publication_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "rule_publication" ADD CONSTRAINT "rule_publication_union_id_book_hash_fkey" FOREIGN KEY ("union_id", "book_hash") REFERENCES "rule_book"("union_id", "hash") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "rule_publication" ADD CONSTRAINT "rule_publication_union_id_draft_id_fkey" FOREIGN KEY ("union_id", "draft_id") REFERENCES "rule_draft"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "rule_publication" ADD CONSTRAINT "rule_publication_union_id_maker_id_fkey" FOREIGN KEY ("union_id", "maker_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "rule_publication" ADD CONSTRAINT "rule_publication_union_id_checker_id_fkey" FOREIGN KEY ("union_id", "checker_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "product_stop" ADD CONSTRAINT "product_stop_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "product_stop" ADD CONSTRAINT "product_stop_union_id_product_code_fkey" FOREIGN KEY ("union_id", "product_code") REFERENCES "product"("union_id", "code") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "product_stop" ADD CONSTRAINT "product_stop_union_id_ordered_by_id_fkey" FOREIGN KEY ("union_id", "ordered_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "product_stop" ADD CONSTRAINT "product_stop_union_id_confirmed_by_id_fkey" FOREIGN KEY ("union_id", "confirmed_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "product_stop" ADD CONSTRAINT "product_stop_union_id_lift_ordered_by_id_fkey" FOREIGN KEY ("union_id", "lift_ordered_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "product_stop" ADD CONSTRAINT "product_stop_union_id_lifted_by_id_fkey" FOREIGN KEY ("union_id", "lifted_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "policy_parameter" ADD CONSTRAINT "policy_parameter_union_id_draft_id_fkey" FOREIGN KEY ("union_id", "draft_id") REFERENCES "rule_draft"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

