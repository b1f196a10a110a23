-- CreateEnum
CREATE TYPE "branch_grade" AS ENUM ('A', 'B', 'C', 'D');

-- AlterTable
ALTER TABLE "authority_limit" ADD COLUMN     "table_id" UUID;

-- CreateTable
CREATE TABLE "authority_table" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE NOT NULL,
    "basis" TEXT NOT NULL,
    "csv" TEXT NOT NULL,
    "ratings" JSONB NOT NULL,
    "decided_by_id" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "authority_table_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "branch_rating" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "period_from" DATE NOT NULL,
    "period_to" DATE NOT NULL,
    "figures" JSONB NOT NULL,
    "grade" "branch_grade" NOT NULL,
    "proposed" JSONB NOT NULL,
    "rated_by_id" UUID NOT NULL,
    "rated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "branch_rating_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "authority_suspension" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "suspended_from" DATE NOT NULL,
    "figures" JSONB NOT NULL,
    "noticed_at" TIMESTAMPTZ(6) NOT NULL,
    "lifted_on" DATE,
    "lifted_by_id" UUID,
    "lift_reason" TEXT,

    CONSTRAINT "authority_suspension_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "authority_table_union_id_id_key" ON "authority_table"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "authority_table_union_id_valid_from_key" ON "authority_table"("union_id", "valid_from");

-- CreateIndex
CREATE INDEX "branch_rating_union_id_period_from_unit_id_rated_at_idx" ON "branch_rating"("union_id", "period_from", "unit_id", "rated_at");

-- CreateIndex
CREATE UNIQUE INDEX "branch_rating_union_id_id_key" ON "branch_rating"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "authority_suspension_union_id_id_key" ON "authority_suspension"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "authority_suspension_union_id_unit_id_suspended_from_key" ON "authority_suspension"("union_id", "unit_id", "suspended_from");

-- AddForeignKey
ALTER TABLE "authority_table" ADD CONSTRAINT "authority_table_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "authority_table" ADD CONSTRAINT "authority_table_union_id_decided_by_id_fkey" FOREIGN KEY ("union_id", "decided_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "authority_limit" ADD CONSTRAINT "authority_limit_union_id_table_id_fkey" FOREIGN KEY ("union_id", "table_id") REFERENCES "authority_table"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "branch_rating" ADD CONSTRAINT "branch_rating_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "branch_rating" ADD CONSTRAINT "branch_rating_union_id_unit_id_fkey" FOREIGN KEY ("union_id", "unit_id") REFERENCES "org_unit"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "branch_rating" ADD CONSTRAINT "branch_rating_union_id_rated_by_id_fkey" FOREIGN KEY ("union_id", "rated_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "authority_suspension" ADD CONSTRAINT "authority_suspension_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "authority_suspension" ADD CONSTRAINT "authority_suspension_union_id_unit_id_fkey" FOREIGN KEY ("union_id", "unit_id") REFERENCES "org_unit"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "authority_suspension" ADD CONSTRAINT "authority_suspension_union_id_lifted_by_id_fkey" FOREIGN KEY ("union_id", "lifted_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;


-- What people decided stays as they decided it; a limit may end earlier, by a later table, and nothing else (G2).
create function limit_ends_earlier_only() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'valid_to' <> to_jsonb(old) - 'valid_to' or new.valid_to > old.valid_to then
    raise exception 'a limit may end earlier, by a later table, and changes in nothing else' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger limit_ends_earlier_only before update on authority_limit for each row execute function limit_ends_earlier_only();
alter table authority_table add constraint authority_table_dates check (valid_to >= valid_from);
alter table branch_rating add constraint branch_rating_dates check (period_to >= period_from);

create function suspension_is_lifted_once() returns trigger language plpgsql as $$
begin
  if old.lifted_on is not null or to_jsonb(new) - array['lifted_on', 'lifted_by_id', 'lift_reason'] <> to_jsonb(old) - array['lifted_on', 'lifted_by_id', 'lift_reason'] then
    raise exception 'a suspension is lifted once, and changes in nothing else' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger suspension_is_lifted_once before update on authority_suspension for each row execute function suspension_is_lifted_once();
alter table authority_suspension add constraint authority_suspension_lifted_whole check (num_nulls(lifted_on, lifted_by_id, lift_reason) in (0, 3));
create unique index authority_suspension_standing on authority_suspension (union_id, unit_id) where lifted_on is null;

do $$
declare name text;
begin
  foreach name in array array['authority_table', 'branch_rating'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_change()', name || '_append_only', name);
    execute format('create trigger %I before truncate on %I for each statement execute function refuse_change()', name || '_no_truncate', name);
  end loop;
  foreach name in array array['authority_table', 'branch_rating', 'authority_suspension'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy union_scope on %I using (union_id = (select nullif(current_setting(''app.union_id'', true), '''')::uuid)) '
      'with check (union_id = (select nullif(current_setting(''app.union_id'', true), '''')::uuid))', name);
    execute format('grant select, insert on %I to wugang_app', name);
  end loop;
end $$;
grant update (valid_to) on authority_limit to wugang_app;
grant update (lifted_on, lifted_by_id, lift_reason) on authority_suspension to wugang_app;
