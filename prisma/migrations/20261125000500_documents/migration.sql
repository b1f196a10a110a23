-- CreateEnum
CREATE TYPE "document_kind" AS ENUM ('identity', 'household', 'income_evidence', 'purpose_evidence', 'bureau_authorisation', 'security_papers', 'appraisal_report', 'title_deed', 'contract', 'other');

-- CreateEnum
CREATE TYPE "legal_outcome" AS ENUM ('signed', 'signed_with_conditions', 'refused');

-- CreateTable
CREATE TABLE "loan_document" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "kind" "document_kind" NOT NULL,
    "number" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "file_name" TEXT NOT NULL,
    "uploaded_by_id" UUID NOT NULL,
    "uploaded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "loan_document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "legal_signature" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "document_set_hash" TEXT NOT NULL,
    "documents" INTEGER NOT NULL,
    "outcome" "legal_outcome" NOT NULL,
    "opinion" TEXT NOT NULL,
    "staff_id" UUID NOT NULL,
    "appointment_id" UUID NOT NULL,
    "signed_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "legal_signature_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "loan_document_union_id_id_key" ON "loan_document"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "loan_document_union_id_application_id_kind_number_key" ON "loan_document"("union_id", "application_id", "kind", "number");

-- CreateIndex
CREATE INDEX "legal_signature_union_id_application_id_signed_at_idx" ON "legal_signature"("union_id", "application_id", "signed_at");

-- CreateIndex
CREATE UNIQUE INDEX "legal_signature_union_id_id_key" ON "legal_signature"("union_id", "id");

-- AddForeignKey
ALTER TABLE "loan_document" ADD CONSTRAINT "loan_document_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_document" ADD CONSTRAINT "loan_document_union_id_application_id_fkey" FOREIGN KEY ("union_id", "application_id") REFERENCES "loan_application"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "loan_document" ADD CONSTRAINT "loan_document_union_id_uploaded_by_id_fkey" FOREIGN KEY ("union_id", "uploaded_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "legal_signature" ADD CONSTRAINT "legal_signature_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "legal_signature" ADD CONSTRAINT "legal_signature_union_id_application_id_fkey" FOREIGN KEY ("union_id", "application_id") REFERENCES "loan_application"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "legal_signature" ADD CONSTRAINT "legal_signature_union_id_staff_id_fkey" FOREIGN KEY ("union_id", "staff_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "legal_signature" ADD CONSTRAINT "legal_signature_union_id_appointment_id_fkey" FOREIGN KEY ("union_id", "appointment_id") REFERENCES "post_appointment"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;


alter table loan_document add constraint loan_document_is_addressed check (sha256 ~ '^[0-9a-f]{64}$' and bytes > 0 and number > 0);
alter table legal_signature add constraint legal_signature_says_why check (length(btrim(opinion)) > 0 and documents > 0);

do $$
declare name text;
begin
  foreach name in array array['loan_document', 'legal_signature'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_change()', name || '_append_only', name);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', name || '_no_truncate', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy union_scope on %I using (union_id = (select nullif(current_setting(''app.union_id'', true), '''')::uuid)) '
      'with check (union_id = (select nullif(current_setting(''app.union_id'', true), '''')::uuid))', name);
    execute format('grant select, insert on %I to wugang_app', name);
  end loop;
end $$;
