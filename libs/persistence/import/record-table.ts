import type { RecordKind } from '../../contracts/import/records.js';

/** A column filled from a value of the row that `rowOf` made, with its PostgreSQL type. */
export interface ValueColumn {
  readonly column: string;
  readonly type: string;
}

/** A column filled by looking up the row that another record of the source made. */
export interface ReferenceColumn {
  readonly column: string;
  /** Field of the canonical record that holds the reference. */
  readonly field: string;
  readonly table: string;
  readonly key: string;
  readonly required: boolean;
  /** Whether the reference is personal data, and the table's key its blind index. */
  readonly sealed?: 'account';
}

/** How a kind of record is written: one statement a batch, idempotent by `conflict`. */
export interface RecordTable {
  readonly table: string;
  readonly values: readonly ValueColumn[];
  readonly references: readonly ReferenceColumn[];
  /** Columns that make a row the same row when it comes again. */
  readonly conflict: readonly string[];
  /** Columns that a row that comes again overwrites; none: the first one stays. */
  readonly overwrite: readonly string[];
  /** For rows that are never overwritten: columns in which one that comes again must be the same. */
  readonly frozen?: readonly string[];
  /** Of which rows, called `kept`, that holds; all of them where left out. */
  readonly frozenWhere?: string;
  /** A column that no two rows of the union share, and the field that it is made of. */
  readonly unique?: { readonly column: string; readonly field: string };
}

const columns = (text: string): ValueColumn[] =>
  text.split(', ').map((pair) => {
    const [column = '', type = ''] = pair.split(' ');
    return { column, type };
  });

const reference = (
  column: string,
  field: string,
  table: string,
  required = true,
  key = 'external_ref',
): ReferenceColumn => ({
  column,
  field,
  table,
  key,
  required,
});
const account = (column: string, required = true): ReferenceColumn => ({
  ...reference(column, 'account', 'deposit_account', required, 'account_key'),
  sealed: 'account',
});
const party = (field = 'customer', column = 'party_id') => reference(column, field, 'party');

export const RECORD_TABLES: Readonly<Record<RecordKind, RecordTable>> = {
  orgUnit: {
    table: 'org_unit',
    values: columns(
      'external_ref text, code text, name text, kind org_unit_kind, location location_class, opened_on date',
    ),
    references: [],
    conflict: ['external_ref'],
    overwrite: ['name', 'kind', 'location', 'opened_on'],
    unique: { column: 'code', field: 'ref' },
  },
  customer: {
    table: 'party',
    values: columns(
      'external_ref text, kind party_kind, name text, identity_kind identity_kind, identity_cipher bytea, identity_blind bytea, identity_tail text, birth_date date, phone_cipher bytea, phone_blind bytea, phone_tail text, address text, address_blind bytea, residence residence, insider_status insider_status, monthly_income_fen bigint, income_as_of date, credit_level credit_level, credit_level_rated_on date, version int',
    ),
    references: [reference('home_unit_id', 'branch', 'org_unit', false)],
    conflict: ['external_ref'],
    overwrite: [
      'kind',
      'name',
      'identity_kind',
      'identity_cipher',
      'identity_blind',
      'identity_tail',
      'birth_date',
      'phone_cipher',
      'phone_blind',
      'phone_tail',
      'address',
      'address_blind',
      'residence',
      'insider_status',
      'monthly_income_fen',
      'income_as_of',
      'credit_level',
      'credit_level_rated_on',
      'home_unit_id',
    ],
    unique: { column: 'identity_blind', field: 'identity' },
  },
  householdMember: {
    table: 'household_member',
    values: columns('role household_role, valid_from date, valid_to date'),
    references: [reference('household_id', 'household', 'household', true, 'code'), party()],
    conflict: ['household_id', 'party_id', 'valid_from'],
    overwrite: ['role', 'valid_to'],
  },
  link: {
    table: 'party_link',
    values: columns('kind link_kind, status link_status, valid_from date, valid_to date, source text, version int'),
    references: [party('customer', 'from_party_id'), party('other', 'to_party_id')],
    conflict: ['kind', 'from_party_id', 'to_party_id', 'valid_from'],
    overwrite: ['status', 'valid_to'],
  },
  account: {
    table: 'deposit_account',
    values: columns('account_key text, account_cipher bytea, account_tail text, opened_on date'),
    references: [reference('branch_id', 'branch', 'org_unit')],
    conflict: ['account_key'],
    overwrite: ['branch_id', 'opened_on'],
  },
  accountHolder: {
    table: 'account_holder',
    values: columns('role holder_role'),
    references: [account('account_id'), party()],
    conflict: ['account_id', 'party_id'],
    overwrite: ['role'],
  },
  standingPayment: {
    table: 'standing_payment',
    values: columns(
      'external_ref text, purpose payment_purpose, payee_blind bytea, payee_tail text, amount_fen bigint',
    ),
    references: [account('account_id')],
    conflict: ['external_ref'],
    overwrite: ['account_id', 'purpose', 'payee_blind', 'payee_tail', 'amount_fen'],
  },
  loan: {
    table: 'loan',
    values: columns(
      'loan_no text, product_code text, kind loan_kind, status loan_status, five_tier five_tier, principal_fen bigint, balance_fen bigint, issued_on date, due_on date, settled_on date, overdue_days int, version int',
    ),
    references: [reference('branch_id', 'branch', 'org_unit'), party(), account('repayment_account_id', false)],
    conflict: ['loan_no'],
    overwrite: [
      'branch_id',
      'party_id',
      'product_code',
      'kind',
      'status',
      'five_tier',
      'principal_fen',
      'balance_fen',
      'issued_on',
      'due_on',
      'settled_on',
      'overdue_days',
      'repayment_account_id',
    ],
    frozen: ['kind', 'principal_fen', 'issued_on'],
    frozenWhere: 'kept.application_id is not null', // a loan that was released here stays what was released (G1)
  },
  application: {
    table: 'loan_application',
    values: columns(
      'external_ref text, file_no text, amount_fen bigint, term_months int, instalment_fen bigint, debt_to_income_percent numeric, purpose text, stage application_stage, submitted_on date, submitted_at timestamptz, known_outcome text, version int',
    ),
    references: [
      reference('branch_id', 'branch', 'org_unit'),
      party(),
      reference('product_id', 'product', 'product', true, 'code'),
    ],
    conflict: ['external_ref'],
    overwrite: [],
    frozen: ['amount_fen', 'term_months', 'instalment_fen', 'debt_to_income_percent', 'submitted_on', 'known_outcome'],
  },
  guarantee: {
    table: 'guarantee',
    values: columns('external_ref text, kind guarantee_kind, amount_fen bigint, valid_from date, valid_to date'),
    references: [
      party('customer', 'guarantor_id'),
      reference('loan_id', 'loan', 'loan', false, 'loan_no'),
      reference('application_id', 'application', 'loan_application', false),
    ],
    conflict: ['external_ref'],
    overwrite: ['kind', 'amount_fen', 'valid_from', 'valid_to'],
  },
  bureauConsent: {
    table: 'bureau_consent',
    values: columns('purpose text, signed_on date, expires_on date, evidence text'),
    references: [party()],
    conflict: ['party_id', 'signed_on', 'purpose'],
    overwrite: ['expires_on', 'evidence'],
  },
  bureauReport: {
    table: 'bureau_report',
    values: columns('external_ref text, provider text, reported_on date, received_at timestamptz, summary jsonb'),
    references: [party()],
    conflict: ['external_ref'],
    overwrite: [],
    frozen: ['reported_on', 'summary'],
  },
};
