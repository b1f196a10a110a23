-- CreateTable
CREATE TABLE "import_gap" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "record_kind" TEXT NOT NULL,
    "source_ref" TEXT NOT NULL,
    "noted_at" TIMESTAMPTZ(6) NOT NULL,
    "closed_at" TIMESTAMPTZ(6),

    CONSTRAINT "import_gap_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "import_gap_union_id_id_key" ON "import_gap"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "import_gap_union_id_party_id_record_kind_source_ref_key" ON "import_gap"("union_id", "party_id", "record_kind", "source_ref");

-- AddForeignKey
ALTER TABLE "import_gap" ADD CONSTRAINT "import_gap_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "import_gap" ADD CONSTRAINT "import_gap_union_id_party_id_fkey" FOREIGN KEY ("union_id", "party_id") REFERENCES "party"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;


alter table import_gap enable row level security;
alter table import_gap force row level security;
create policy union_scope on import_gap using (union_id = (select nullif(current_setting('app.union_id', true), '')::uuid))
  with check (union_id = (select nullif(current_setting('app.union_id', true), '')::uuid));
grant select, insert, update on import_gap to wugang_app;
create index import_gap_open on import_gap (union_id, party_id) where closed_at is null;
