-- CreateEnum
CREATE TYPE "sign_in_method" AS ENUM ('password', 'password_and_code', 'password_and_recovery_code', 'oidc');

-- AlterTable
ALTER TABLE "user_account" ADD COLUMN     "oidc_key" TEXT,
ADD COLUMN     "password_one_time" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "totp_cipher" BYTEA,
ADD COLUMN     "totp_last_step" BIGINT,
ADD COLUMN     "totp_since" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "user_session" ADD COLUMN     "method" "sign_in_method" NOT NULL DEFAULT 'password';

-- CreateTable
CREATE TABLE "recovery_code" (
    "id" UUID NOT NULL,
    "union_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "recovery_code_union_id_id_key" ON "recovery_code"("union_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "recovery_code_union_id_account_id_code_hash_key" ON "recovery_code"("union_id", "account_id", "code_hash");

-- CreateIndex
CREATE UNIQUE INDEX "user_account_oidc_key_key" ON "user_account"("oidc_key");

-- AddForeignKey
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_union_id_fkey" FOREIGN KEY ("union_id") REFERENCES "county_union"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_union_id_account_id_fkey" FOREIGN KEY ("union_id", "account_id") REFERENCES "user_account"("union_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;


alter table user_account add constraint user_account_second_factor check (totp_cipher is not null or (totp_since is null and totp_last_step is null));

alter table recovery_code enable row level security;
alter table recovery_code force row level security;
create policy union_scope on recovery_code using (union_id = (select nullif(current_setting('app.union_id', true), '')::uuid))
  with check (union_id = (select nullif(current_setting('app.union_id', true), '')::uuid));
grant select, insert on recovery_code to wugang_app;
grant update (used_at) on recovery_code to wugang_app;

-- Coming from the identity provider, too, is before the union is known: exactly the account of that subject may be read.
create policy sign_in_oidc on user_account for select using (oidc_key = nullif(current_setting('app.sign_in_oidc', true), ''));
