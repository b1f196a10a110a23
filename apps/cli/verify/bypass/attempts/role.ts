import type { Attempt } from '../attempt.js';

const SHADOWED = [
  'post_act',
  'deliberation',
  'approved_terms',
  'decision',
  'finding',
  'post_appointment',
  'audit_pending',
];

/** What the role would need in order to get rid of its guards. */
const DEFINITIONS: Readonly<Record<string, string>> = {
  'trigger-disabled': 'alter table decision disable trigger all',
  'guard-disabled': 'alter table loan_application disable trigger application_moves_by_its_table',
  'trigger-dropped': 'drop trigger released_after_four_posts on loan_application',
  'trigger-added': 'create trigger x before insert on loan for each row execute function refuse_change()',
  'constraint-dropped': 'alter table post_act drop constraint post_act_one_post_each',
  'index-dropped': 'drop index loan_one_of_an_application',
  'row-security-unforced': 'alter table loan no force row level security',
  'row-security-disabled': 'alter table loan disable row level security',
  'policy-dropped': 'drop policy union_scope on loan',
  'policy-added': 'create policy x on loan using (true)',
  'guard-replaced':
    'create or replace function refuse_change() returns trigger language plpgsql as $$ begin return new; end $$',
  'guard-altered': 'alter function released_after_four_posts() set search_path = pg_temp',
  'definer-function-made': 'create function x() returns int language sql security definer as $$ select 1 $$',
  'table-made': 'create table x (x int)',
  'table-dropped': 'drop table audit_event cascade',
  'column-dropped': 'alter table post_act drop column staff_id',
  'table-owned': 'alter table loan owner to current_user',
  'view-made': 'create view x as select * from user_account',
  'rule-made': 'create rule x as on insert to audit_event do instead nothing',
  'schema-made': 'create schema x',
  'database-owned': 'alter schema public owner to current_user',
  'all-granted': 'grant all on all tables in schema public to wugang_app with grant option',
  'bypass-row-security': 'alter role current_user bypassrls',
  'made-superuser': 'alter role current_user superuser',
  'role-made': 'create role x superuser',
  'owner-become': 'set role :owner',
  'owner-signed-in-as': 'set session authorization :owner',
  'queue-become': 'set role wugang_queue',
  'queue-read': 'select * from bullmq.probe',
  'migrations-read': 'select * from _prisma_migrations',
  'migrations-forged': 'delete from _prisma_migrations',
};

/** What reaches the server beneath the database. */
const SYSTEM: Readonly<Record<string, string>> = {
  'triggers-off-for-the-session': 'set session_replication_role = replica',
  'triggers-off-by-setting': `select set_config('session_replication_role', 'replica', false)`,
  'passwords-read': 'select rolpassword from pg_authid',
  'passwords-seen': 'select passwd from pg_shadow',
  'statistics-rewritten': `delete from pg_statistic`,
  'catalogue-rewritten': `update pg_trigger set tgenabled = 'D'`,
  'program-run': `copy (select 1) to program 'true'`,
  'program-read': `copy party (name) from program 'true'`,
  'file-written': `copy (select 1) to '/tmp/wugang-bypass'`,
  'file-read': `select pg_read_file('/etc/passwd')`,
  'folder-listed': `select pg_ls_dir('/')`,
  'large-object-from-a-file': `select lo_import('/etc/passwd')`,
  'settings-reloaded': 'select pg_reload_conf()',
  'extension-made': 'create extension file_fdw',
  'replication-slot-made': `select pg_create_physical_replication_slot('x')`,
};

const both = (attempts: Readonly<Record<string, string>>, more: Pick<Attempt, 'system'> = {}): Attempt[] =>
  Object.entries(attempts).map(([id, sql]) => ({ id, clause: 'role', sql, ...more }));

/** The role and what it owns: nothing. */
export const ROLE: readonly Attempt[] = [
  ...both(DEFINITIONS),
  ...both(SYSTEM, { system: true }),
  {
    id: 'delete-granted',
    clause: 'role',
    sql: ['grant delete on audit_event to current_user', 'delete from audit_event where union_id = :union'],
  },
  {
    id: 'guard-put-on-a-table-of-ones-own',
    clause: 'M2',
    sql: [
      'create temporary table x (union_id uuid, party_id uuid, balance_fen bigint, status loan_status)',
      'create trigger x after insert on x referencing new table as changed_new for each statement execute function keep_party_exposure()',
      `insert into x values (:union, :party, -99999999, 'outstanding')`,
    ],
  },
  // A guard that looked among the session's own tables would see what the attacker put there.
  ...SHADOWED.map((table) => ({
    id: `${table}-shadowed`,
    clause: 'G1',
    sql: [
      `create temporary table ${table} (like public.${table})`,
      `update public.loan_application set stage = 'released', closed_at = now(), version = version + 1 where id = :release`,
    ],
  })),
];
