import type { Sql } from '#libs/persistence/pool.js';
import { EMPTY_FILE } from '#libs/platform/bureau/simulator.js';

/** An application for every person of the demonstration union, with consent and a fresh, clean bureau report. */
const STATEMENTS = [
  `insert into bureau_consent (id, union_id, party_id, purpose, signed_on, expires_on, evidence)
   select gen_random_uuid(), $1, id, 'bench', $2::date, $2::date + 30, 'bench' from party where union_id = $1 and kind = 'person' and $3::jsonb is not null`,
  `insert into bureau_report (id, union_id, party_id, provider, reported_on, received_at, summary)
   select gen_random_uuid(), $1, id, 'bench', $2::date, now(), $3::jsonb from party where union_id = $1 and kind = 'person'`,
  `insert into loan_application (id, union_id, file_no, branch_id, party_id, product_id, amount_fen, term_months, instalment_fen, purpose, stage, submitted_on, submitted_at)
   select gen_random_uuid(), $1, 'bench-' || c.external_ref, c.home_unit_id, c.id, p.id, 3000000, 24, 130000, 'bench', 'intake', $2::date, now()
   from party c join product p on p.union_id = $1 and p.code = case when c.residence = 'rural' then 'rural-personal' else 'personal-mortgage' end
   where c.union_id = $1 and c.kind = 'person' and $3::jsonb is not null`,
];

export async function prepareApplications(sql: Sql, unionId: string, on: string): Promise<void> {
  for (const statement of STATEMENTS) await sql.query(statement, [unionId, on, JSON.stringify(EMPTY_FILE)]);
}

/** What decisions wrote is gone and every application stands at intake again, as before a pass: by the owner alone. */
export const CLEAN_SQL = [
  'set session_replication_role = replica',
  'truncate finding_answer, finding, decision, outbox_event, idempotency_key, audit_pending, audit_seal, audit_event',
  `update loan_application set stage = 'intake', intake_verdict = null, waiting_for = null, book_hash = null, version = 1`,
  'set session_replication_role = default',
  'vacuum analyze loan_application',
  'checkpoint',
] as const;

export const APPLICATION_IDS_SQL = 'select id from loan_application where union_id = $1 order by md5(id::text)';
