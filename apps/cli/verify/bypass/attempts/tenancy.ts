import type { Attempt } from '../attempt.js';

const TABLES = [
  'party',
  'loan',
  'loan_application',
  'decision',
  'post_act',
  'user_account',
  'audit_event',
  'bureau_report',
];

const OF_BRANCH = [
  'party',
  'loan',
  'loan_application',
  'decision',
  'post_act',
  'loan_document',
  'loan_contract',
  'approved_terms',
  'loan_instalment',
  'bureau_report',
];

/** Of an application at a branch, every row under the scope of a unit that has none. */
const UNIT_SCOPE: readonly Attempt[] = [
  ...OF_BRANCH.map((table) => ({
    id: `${table}-seen-from-another-branch`,
    clause: 'tenancy',
    units: 'emptyUnit',
    nothing: true as const,
    sql: `select from ${table}`,
  })),
  {
    id: 'loan-changed-from-another-branch',
    clause: 'tenancy',
    units: 'emptyUnit',
    nothing: true,
    sql: `update loan set overdue_days = 0 where id = :ledgerLoan`,
  },
  {
    id: 'customer-written-into-another-branch',
    clause: 'tenancy',
    units: 'emptyUnit',
    sql: `insert into party (id, union_id, kind, name, home_unit_id) values (gen_random_uuid(), :union, 'person', 'x', :branch)`,
  },
  {
    id: 'findings-on-a-decision-of-another-branch',
    clause: 'tenancy',
    units: 'emptyUnit',
    sql: `insert into finding (id, union_id, decision_id, position, rule_id, clause, severity, verdict, judged, operands, reason_zh, reason_en)
      values (gen_random_uuid(), :union, :someDecision, 99, 'made-up', 'M1', 'REFER', 'REFER', true, '[]', 'x', 'x')`,
  },
];

/** Rows of another union, and of any where no union is named. Naming one is the role's to do: its scope is no secret from it. */
export const TENANCY: readonly Attempt[] = [
  ...UNIT_SCOPE,
  ...TABLES.map((table) => ({
    id: `${table}-seen-without-a-scope`,
    clause: 'tenancy',
    scope: 'none' as const,
    nothing: true as const,
    sql: `select from ${table}`,
  })),
  ...TABLES.map((table) => ({
    id: `${table}-seen-from-another-union`,
    clause: 'tenancy',
    scope: 'other' as const,
    nothing: true as const,
    sql: `select from ${table} where union_id = :union`,
  })),
  {
    id: 'row-security-set-off',
    clause: 'tenancy',
    scope: 'none',
    sql: ['set local row_security = off', 'select from party'],
  },
  { id: 'role-put-off', clause: 'tenancy', sql: ['set local role none', 'select from party'] },
  {
    id: 'loan-changed-from-another-union',
    clause: 'tenancy',
    scope: 'other',
    nothing: true,
    sql: `update loan set overdue_days = 0 where id = :loan`,
  },
  {
    id: 'customer-written-into-another-union',
    clause: 'tenancy',
    sql: `insert into party (id, union_id, kind, name) values (gen_random_uuid(), :other, 'person', 'x')`,
  },
  {
    id: 'loan-moved-to-another-union',
    clause: 'tenancy',
    sql: `update loan set union_id = :other where id = :ledgerLoan`,
  },
  {
    id: 'number-taken-from-another-union',
    clause: 'tenancy',
    nothing: true,
    sql: `select where next_number(:other, 'loan', 2026) is not null`,
  },
  {
    id: 'union-founded',
    clause: 'tenancy',
    sql: `insert into county_union (id, code, name) values (gen_random_uuid(), 'X', 'X')`,
  },
  { id: 'business-date-set', clause: 'G1', sql: `update county_union set business_date = '2020-01-01'` },
  {
    id: 'session-handed-to-another',
    clause: 'I1',
    sql: `update user_session set account_id = (select id from user_account where union_id = :union and staff_id = :president) where union_id = :union`,
  },
  {
    id: 'session-revived',
    clause: 'I1',
    given: [`update user_session set revoked_at = now() where union_id = :union and revoked_at is null`],
    sql: `update user_session set revoked_at = null where union_id = :union`,
  },
  {
    id: 'session-prolonged',
    clause: 'I1',
    sql: `update user_session set expires_at = now() + interval '1 year' where union_id = :union`,
  },
  {
    id: 'login-handed-to-another',
    clause: 'I1',
    sql: `update user_account set staff_id = :president where union_id = :union and staff_id = :officer1`,
  },
  {
    id: 'login-renamed',
    clause: 'I1',
    sql: `update user_account set login = 'x' where union_id = :union and staff_id = :president`,
  },
];
