-- What a policy would change: runs over past decisions, in parts that any worker does; and what imported loans became.
-- AlterEnum
ALTER TYPE "notification_kind" ADD VALUE 'impact_done';
ALTER TYPE "notification_kind" ADD VALUE 'impact_failed';

-- AlterTable
ALTER TABLE "loan_application" ADD COLUMN     "known_outcome" TEXT;

-- CreateTable
CREATE TABLE "impact_run" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "request" JSONB NOT NULL,
    "policies" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "failure" JSONB,
    "round_id" UUID,
    "tally" JSONB,
    "swept" JSONB,
    "requested_by_id" UUID,
    "requested_at" TIMESTAMPTZ(6) NOT NULL,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "impact_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "impact_shard" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "first_id" UUID NOT NULL,
    "last_id" UUID NOT NULL,
    "decisions" INTEGER NOT NULL,
    "tally" JSONB,
    "swept" JSONB,
    "done_at" TIMESTAMPTZ(6),

    CONSTRAINT "impact_shard_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "impact_change" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "shard_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "ref" TEXT NOT NULL,
    "branch" TEXT NOT NULL,
    "product" TEXT NOT NULL,
    "outcome" TEXT,
    "before" INTEGER NOT NULL,
    "after" INTEGER NOT NULL,
    "appeared" TEXT[],
    "vanished" TEXT[],

    CONSTRAINT "impact_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "impact_run_union_id_requested_at_idx" ON "impact_run"("union_id", "requested_at");

-- CreateIndex
CREATE UNIQUE INDEX "impact_run_union_id_id_key" ON "impact_run"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "impact_shard_union_id_id_key" ON "impact_shard"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "impact_shard_union_id_run_id_number_key" ON "impact_shard"("union_id", "run_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "impact_change_union_id_id_key" ON "impact_change"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "impact_change_union_id_shard_id_position_key" ON "impact_change"("union_id", "shard_id", "position");

-- CreateIndex
CREATE INDEX "impact_change_union_id_run_id_id_idx" ON "impact_change"("union_id", "run_id", "id");

-- AddForeignKey
ALTER TABLE "impact_run" ADD CONSTRAINT "impact_run_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "impact_run" ADD CONSTRAINT "impact_run_union_id_requested_by_id_fkey" FOREIGN KEY ("union_id", "requested_by_id") REFERENCES "staff"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "impact_shard" ADD CONSTRAINT "impact_shard_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "impact_shard" ADD CONSTRAINT "impact_shard_union_id_run_id_fkey" FOREIGN KEY ("union_id", "run_id") REFERENCES "impact_run"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "impact_change" ADD CONSTRAINT "impact_change_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "impact_change" ADD CONSTRAINT "impact_change_union_id_run_id_fkey" FOREIGN KEY ("union_id", "run_id") REFERENCES "impact_run"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "impact_change" ADD CONSTRAINT "impact_change_union_id_shard_id_fkey" FOREIGN KEY ("union_id", "shard_id") REFERENCES "impact_shard"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table loan_application add constraint loan_application_known_outcome check (known_outcome in ('good', 'bad'));
alter table impact_run add constraint impact_run_state check (state in ('waiting', 'running', 'done', 'failed', 'stopped')),
  add constraint impact_run_finished check ((state in ('done', 'failed', 'stopped')) = (finished_at is not null)),
  add constraint impact_run_done check ((state = 'done') = (tally is not null) and (swept is null or tally is not null)),
  add constraint impact_run_failed check ((state = 'failed') = (failure is not null));
alter table impact_shard add constraint impact_shard_done check ((tally is null) = (done_at is null) and (swept is null or tally is not null));
alter table impact_change add constraint impact_change_levels check (before between 0 and 3 and after between 0 and 3);

do $$
declare name text;
begin
  foreach name in array array['impact_run', 'impact_shard', 'impact_change'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format($p$create policy union_scope on %I using (union_id = (select nullif(current_setting('app.union_id', true), '')::uuid))
      with check (union_id = (select nullif(current_setting('app.union_id', true), '')::uuid))$p$, name);
    execute format('grant select, insert on %I to wugang_app', name);
  end loop;
end $$;
grant update (state, failure, round_id, tally, swept, finished_at) on impact_run to wugang_app;
grant update (tally, swept, done_at) on impact_shard to wugang_app;

-- A shard is counted once, and a run that is done stays as it is; changed cases are those of a shard that is not done yet.
create function impact_once() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'impact_change' then
    if not exists (select from impact_shard s where s.union_id = new.union_id and s.id = new.shard_id and s.run_id = new.run_id and s.done_at is null) then
      raise exception 'shard % is done, or is of another run', new.shard_id using errcode = 'restrict_violation';
    end if;
  elsif to_jsonb(old) ->> 'state' = 'done' or to_jsonb(old) ->> 'done_at' is not null then
    raise exception '% % is done', tg_table_name, old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger impact_once before update on impact_run for each row execute function impact_once();
create trigger impact_once before update on impact_shard for each row execute function impact_once();
create trigger impact_once before insert on impact_change for each row execute function impact_once();
do $$ begin
  execute format('alter function impact_once() set search_path = %I, pg_temp', current_schema());
  revoke execute on function impact_once() from public;
end $$;

-- Who asks for a run, stops it or takes it up, and how it ended, leaves its trace.
create constraint trigger impact_request_is_in_the_trail after insert on impact_run deferrable initially deferred
  for each row execute function step_is_in_the_trail();
create constraint trigger impact_step_is_in_the_trail after update on impact_run deferrable initially deferred
  for each row when (new.state is distinct from old.state and new.state <> 'running') execute function step_is_in_the_trail();
