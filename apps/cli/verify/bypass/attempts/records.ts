import type { Attempt } from '../attempt.js';
import { copy } from '../statements.js';

/** Rows of what happened: neither changed nor removed, in whole tables or one by one. */
const KEPT: Readonly<Record<string, readonly [clause: string, set: string]>> = {
  decision: ['M2', `verdict = 'PASS'`],
  finding: ['M1', `verdict = 'WARN'`],
  rule_book: ['M2', `content = '{}'`],
  rule_publication: ['M3', `effective_from = '2000-01-01'`],
  parameter_set: ['M2', `content = '{}'`],
  policy_parameter: ['G2', `value = '1'`],
  product: ['G2', 'unsecured = true'],
  post_act: ['G1', `opinion = 'x'`],
  approved_terms: ['G1', 'amount_fen = 1'],
  loan_contract: ['G1', `contract_no = 'x'`],
  finding_answer: ['M1', `opinion = 'x'`],
  legal_signature: ['G4', `outcome = 'signed'`],
  loan_document: ['I1', `sha256 = repeat('0', 64)`],
  bureau_report: ['M2', `summary = '{}'`],
  title_check: ['G3', `outcome = 'clear'`],
  market_evidence: ['G3', 'value_fen = value_fen * 2'],
  appraisal: ['G3', 'value_fen = value_fen * 2'],
  specimen_comparison: ['G3', `outcome = 'matches'`],
  appraisal_specimen: ['G3', `image = '\\x00'`],
  appraisal_panel: ['G3', `agreement_to = '2099-12-31'`],
  appraisal_firm: ['G3', `credit_code = 'x'`],
  collateral: ['G3', 'secured_fen = 1'],
  audit_event: ['I1', `actor_name = 'x'`],
  audit_seal: ['M3', `hash = repeat('0', 64)`],
  audit_pending: ['M3', 'since = now()'],
  authority_limit: ['G2', 'limit_fen = limit_fen * 10'],
  authority_table: ['G2', `csv = 'x'`],
  branch_rating: ['G2', `grade = 'A'`],
  panel_selection: ['G3', `basis = 'x'`],
  firm_court_outcome: ['G3', 'against = false'],
  stage_reminder: ['M1', 'number = 9'],
  number_sequence: ['I1', 'last_number = 0'],
};

const KEPT_ATTEMPTS: readonly Attempt[] = Object.entries(KEPT).flatMap(([table, [clause, set]]) => [
  { id: `${table}-changed`, clause, sql: `update ${table} set ${set} where union_id = :union` },
  { id: `${table}-deleted`, clause, sql: `delete from ${table} where union_id = :union` },
  { id: `${table}-truncated`, clause, sql: `truncate ${table} cascade` },
]);

const audit = (actor: string, name: string, appointment = 'null', at = 'now()'): string =>
  `insert into audit_event (id, union_id, at, actor_id, actor_name, appointment_id, request_id, action, subject_kind)
   values (gen_random_uuid(), :union, ${at}, ${actor}, ${name}, ${appointment}, 'x', 'x', 'x')`;

/** The trail, the books and what was said once (I1, M2, M3). */
export const RECORDS: readonly Attempt[] = [
  ...KEPT_ATTEMPTS,
  { id: 'audit-backdated', clause: 'I1', sql: audit(':officer1', `'officer1'`, 'null', `now() - interval '1 day'`) },
  { id: 'audit-postdated', clause: 'I1', sql: audit(':officer1', `'officer1'`, 'null', `now() + interval '1 day'`) },
  { id: 'audit-of-nobody', clause: 'I1', sql: audit('null', `''`) },
  { id: 'audit-by-one-of-another-union', clause: 'I1', sql: audit(':otherStaff', `'x'`) },
  { id: 'audit-under-the-appointment-of-another', clause: 'I1', sql: audit(':officer1', `'officer1'`, ':presidency') },
  {
    id: 'seal-out-of-line',
    clause: 'M3',
    sql: `insert into audit_seal (id, union_id, sequence, audit_id, previous_hash, hash, sealed_at)
      select gen_random_uuid(), :union, 999999, id, repeat('0', 64), repeat('0', 64), now() from audit_event where union_id = :union limit 1`,
  },
  {
    id: 'decision-backdated',
    clause: 'M2',
    sql: copy('decision', 'r.application_id = :review', `'decided_at', now() - interval '1 day'`),
  },
  {
    id: 'book-published-by-nobody',
    clause: 'M2',
    sql: copy('rule_book', 'true', `'hash', 'x', 'effective_from', current_date`),
  },
  {
    id: 'book-published-by-its-maker-alone',
    clause: 'M2',
    sql: copy('rule_book', 'true', `'hash', 'x', 'maker_id', :maker, 'checker_id', :maker`),
  },
  {
    id: 'book-published-by-officers',
    clause: 'M2',
    sql: copy('rule_book', 'true', `'hash', 'x', 'maker_id', :officer1, 'checker_id', :deputy1`),
  },
  {
    id: 'parameter-added',
    clause: 'M2',
    sql: copy('policy_parameter', 'true', `'key', 'policy.madeUp'`),
  },
  {
    id: 'limit-beside-a-decided-table',
    clause: 'G2',
    given: [
      `insert into authority_table (id, union_id, valid_from, valid_to, basis, csv, ratings, decided_by_id, decided_at)
       values (:fresh, :union, '2090-01-01', '2090-12-31', 'x', 'x', '[]', :president, now())`,
    ],
    sql: copy(
      'authority_limit',
      'true',
      `'valid_from', '2090-01-01', 'valid_to', '2090-12-31', 'limit_fen', 999999999999`,
    ),
  },
  {
    id: 'limit-longer-than-decided',
    clause: 'G2',
    sql: `update authority_limit set valid_to = valid_to + 365 where union_id = :union`,
  },
  {
    id: 'limit-beside-a-limit',
    clause: 'G2',
    sql: copy('authority_limit', 'true', `'limit_fen', 999999999999`),
  },
  {
    id: 'stored-answer-rewritten',
    clause: 'I1',
    sql: `update idempotency_key set response = '{}' where union_id = :union and status is not null`,
  },
  {
    id: 'event-sent-again',
    clause: 'M1',
    given: [`update outbox_event set dispatched_at = now() where union_id = :union and dispatched_at is null`],
    sql: `update outbox_event set dispatched_at = null where union_id = :union`,
  },
  {
    id: 'event-rewritten',
    clause: 'M1',
    sql: `update outbox_event set payload = '{}' where union_id = :union`,
  },
  {
    id: 'bureau-query-asked-anew',
    clause: 'M2',
    sql: `update bureau_query set outcome = 'pending' where union_id = :union and outcome = 'answered'`,
  },
  {
    id: 'consent-of-another',
    clause: 'M2',
    sql: `update bureau_consent set party_id = :party where union_id = :union`,
  },
  {
    id: 'revoked-consent-revived',
    clause: 'M2',
    given: [`update bureau_consent set revoked_on = signed_on where union_id = :union`],
    sql: `update bureau_consent set revoked_on = null where union_id = :union`,
  },
  {
    id: 'comparison-after-release',
    clause: 'G3',
    sql: copy(
      'specimen_comparison',
      'r.appraisal_id in (select a.id from appraisal a where a.collateral_id = :collateral)',
      `'outcome', 'matches', 'compared_at', now()`,
    ),
  },
  {
    id: 'title-check-after-release',
    clause: 'G3',
    sql: copy('title_check', 'r.collateral_id = :collateral', `'outcome', 'clear'`),
  },
  {
    id: 'evidence-after-release',
    clause: 'G3',
    sql: copy('market_evidence', 'r.collateral_id = :collateral', `'value_fen', 999999999`),
  },
];
