-- CreateEnum
CREATE TYPE "notification_kind" AS ENUM ('waiting', 'referred', 'late', 'lapsed', 'refused', 'released', 'suspended');

-- AlterTable
ALTER TABLE "loan_application" ADD COLUMN     "stage_since" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "staff" ADD COLUMN     "email" TEXT;

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "kind" "notification_kind" NOT NULL,
    "application_id" UUID,
    "stage" "application_stage",
    "unit_id" UUID,
    "event_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "read_at" TIMESTAMPTZ(6),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_endpoint" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "topics" TEXT[],
    "secret_cipher" BYTEA NOT NULL,
    "added_by_id" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(6) NOT NULL,
    "stopped_at" TIMESTAMPTZ(6),

    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_status" INTEGER,
    "delivered_at" TIMESTAMPTZ(6),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stage_reminder" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "stage_since" TIMESTAMPTZ(6) NOT NULL,
    "number" INTEGER NOT NULL,
    "reminded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "stage_reminder_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "notification_union_id_staff_id_id_idx" ON "notification"("union_id", "staff_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_union_id_id_key" ON "notification"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "notification_union_id_staff_id_event_id_key" ON "notification"("union_id", "staff_id", "event_id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_endpoint_union_id_id_key" ON "webhook_endpoint"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_delivery_union_id_id_key" ON "webhook_delivery"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_delivery_union_id_endpoint_id_event_id_key" ON "webhook_delivery"("union_id", "endpoint_id", "event_id");

-- CreateIndex
CREATE UNIQUE INDEX "stage_reminder_union_id_id_key" ON "stage_reminder"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "stage_reminder_union_id_application_id_stage_since_number_key" ON "stage_reminder"("union_id", "application_id", "stage_since", "number");

-- CreateIndex
CREATE INDEX "loan_application_union_id_stage_stage_since_idx" ON "loan_application"("union_id", "stage", "stage_since");

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_union_id_staff_id_fkey" FOREIGN KEY ("union_id", "staff_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_union_id_application_id_fkey" FOREIGN KEY ("union_id", "application_id") REFERENCES "loan_application"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_union_id_unit_id_fkey" FOREIGN KEY ("union_id", "unit_id") REFERENCES "org_unit"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "webhook_endpoint" ADD CONSTRAINT "webhook_endpoint_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "webhook_endpoint" ADD CONSTRAINT "webhook_endpoint_union_id_added_by_id_fkey" FOREIGN KEY ("union_id", "added_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_union_id_endpoint_id_fkey" FOREIGN KEY ("union_id", "endpoint_id") REFERENCES "webhook_endpoint"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "stage_reminder" ADD CONSTRAINT "stage_reminder_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "stage_reminder" ADD CONSTRAINT "stage_reminder_union_id_application_id_fkey" FOREIGN KEY ("union_id", "application_id") REFERENCES "loan_application"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;


-- An application that is there already stands where it stands since now: its time limit begins with the upgrade.
alter table webhook_endpoint add constraint webhook_endpoint_url check (url ~ '^https?://');
alter table stage_reminder add constraint stage_reminder_number check (number > 0);

do $$
declare name text;
begin
  execute 'create trigger stage_reminder_append_only before update or delete on stage_reminder for each row execute function refuse_change()';
  execute 'create trigger stage_reminder_no_truncate before truncate on stage_reminder for each statement execute function refuse_change()';
  foreach name in array array['notification', 'webhook_endpoint', 'webhook_delivery', 'stage_reminder'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy union_scope on %I using (union_id = (select nullif(current_setting(''app.union_id'', true), '''')::uuid)) '
      'with check (union_id = (select nullif(current_setting(''app.union_id'', true), '''')::uuid))', name);
    execute format('grant select, insert on %I to wugang_app', name);
  end loop;
end $$;
grant update (read_at) on notification to wugang_app;
grant update (stopped_at) on webhook_endpoint to wugang_app;
grant update (attempts, last_status, delivered_at) on webhook_delivery to wugang_app;
