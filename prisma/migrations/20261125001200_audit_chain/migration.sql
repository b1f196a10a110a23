-- CreateTable
CREATE TABLE "audit_seal" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "audit_id" UUID NOT NULL,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "sealed_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_pending" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "audit_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "audit_pending_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_seal_union_id_id_key" ON "audit_seal"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_seal_union_id_sequence_key" ON "audit_seal"("union_id", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "audit_seal_union_id_audit_id_key" ON "audit_seal"("union_id", "audit_id");

-- CreateIndex
CREATE INDEX "audit_pending_union_id_since_idx" ON "audit_pending"("union_id", "since");

-- CreateIndex
CREATE UNIQUE INDEX "audit_pending_union_id_id_key" ON "audit_pending"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_pending_union_id_audit_id_key" ON "audit_pending"("union_id", "audit_id");

-- CreateIndex
CREATE INDEX "audit_event_union_id_actor_id_at_idx" ON "audit_event"("union_id", "actor_id", "at");

-- AddForeignKey
ALTER TABLE "audit_seal" ADD CONSTRAINT "audit_seal_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "audit_seal" ADD CONSTRAINT "audit_seal_union_id_audit_id_fkey" FOREIGN KEY ("union_id", "audit_id") REFERENCES "audit_event"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "audit_pending" ADD CONSTRAINT "audit_pending_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "audit_pending" ADD CONSTRAINT "audit_pending_union_id_audit_id_fkey" FOREIGN KEY ("union_id", "audit_id") REFERENCES "audit_event"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;


-- Every audit row waits for its link from the moment it is written.
create function audit_waits_for_its_seal() returns trigger language plpgsql security definer set search_path from current as $$
begin
  insert into audit_pending (id, union_id, audit_id, since) values (gen_random_uuid(), new.union_id, new.id, new.at);
  return new;
end $$;
create trigger audit_waits_for_its_seal after insert on audit_event for each row execute function audit_waits_for_its_seal();
insert into audit_pending (id, union_id, audit_id, since) select gen_random_uuid(), union_id, id, at from audit_event;

-- A link follows the one before it, and nothing else.
alter table audit_seal add constraint audit_seal_is_a_link check (sequence > 0 and hash ~ '^[0-9a-f]{64}$' and previous_hash ~ '^[0-9a-f]{64}$');
create function audit_seal_follows() returns trigger language plpgsql as $$
declare last record;
begin
  select s.sequence, s.hash into last from audit_seal s where s.union_id = new.union_id order by s.sequence desc limit 1;
  if new.sequence <> coalesce(last.sequence, 0) + 1 or new.previous_hash <> coalesce(last.hash, repeat('0', 64)) then
    raise exception 'a seal follows the one before it' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger audit_seal_follows before insert on audit_seal for each row execute function audit_seal_follows();
create trigger audit_seal_append_only before update or delete on audit_seal for each row execute function refuse_change();
create trigger audit_seal_no_truncate before truncate on audit_seal for each statement execute function refuse_change();

-- A row leaves the waiting list by its seal alone; the application neither writes nor clears the list.
create function audit_seal_ends_the_wait() returns trigger language plpgsql security definer set search_path from current as $$
begin
  delete from audit_pending w where w.union_id = new.union_id and w.audit_id = new.audit_id;
  return new;
end $$;
create trigger audit_seal_ends_the_wait after insert on audit_seal for each row execute function audit_seal_ends_the_wait();
create function audit_pending_leaves_by_its_seal() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' or not exists (select from audit_seal s where s.union_id = old.union_id and s.audit_id = old.audit_id) then
    raise exception 'an audit row waits until it is sealed' using errcode = 'restrict_violation';
  end if;
  return old;
end $$;
create trigger audit_pending_leaves_by_its_seal before update or delete on audit_pending
  for each row execute function audit_pending_leaves_by_its_seal();
create trigger audit_pending_no_truncate before truncate on audit_pending for each statement execute function refuse_change();

do $$
declare name text;
begin
  foreach name in array array['audit_seal', 'audit_pending'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format(
      'create policy union_scope on %I using (union_id = (select nullif(current_setting(''app.union_id'', true), '''')::uuid)) '
      'with check (union_id = (select nullif(current_setting(''app.union_id'', true), '''')::uuid))', name);
    execute format('grant select on %I to wugang_app', name);
  end loop;
end $$;
grant insert on audit_seal to wugang_app;
