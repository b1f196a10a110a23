import type { RecordKind } from '../../contracts/import/records.js';
import { accountKey } from '../account-key.js';
import { customerRow } from './customer-row.js';
import { type CanonicalRecord, type DatabaseRow, hex, type RowContext, textOf } from './row-values.js';

function loanRow(record: CanonicalRecord): DatabaseRow {
  return {
    loan_no: record['ref'],
    product_code: record['product'],
    kind: record['kind'],
    status: record['status'],
    five_tier: record['class'],
    principal_fen: record['principal'],
    balance_fen: record['balance'] ?? (record['status'] === 'settled' ? '0' : record['principal']),
    issued_on: record['issuedOn'],
    due_on: record['dueOn'],
    settled_on: record['settledOn'],
    overdue_days: record['overdueDays'],
    version: 1,
  };
}

function applicationRow(record: CanonicalRecord, { mappingName }: RowContext): DatabaseRow {
  return {
    external_ref: record['ref'],
    file_no: `${mappingName}-${record['ref']}`,
    amount_fen: record['amount'],
    term_months: record['termMonths'],
    instalment_fen: record['instalment'],
    debt_to_income_percent: record['debtToIncome'],
    known_outcome: record['outcome'],
    purpose: record['purpose'],
    stage: 'intake',
    submitted_on: record['submittedOn'],
    submitted_at: record['submittedOn'],
    version: 1,
  };
}

/** A report's summary keeps only what the source stated: what is not stated is unknown, not zero. */
function reportRow(record: CanonicalRecord, { mappingName, receivedAt }: RowContext): DatabaseRow {
  const { ref, customer: _customer, reportedOn, monthlyRepayment, ...stated } = record;
  const summary = Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== null));
  if (typeof monthlyRepayment === 'string') summary['monthlyRepaymentFen'] = Number(monthlyRepayment);
  return {
    external_ref: ref,
    provider: `file:${mappingName}`,
    reported_on: reportedOn,
    received_at: receivedAt,
    summary,
  };
}

function standingPaymentRow(record: CanonicalRecord, { vault }: RowContext): DatabaseRow {
  const payee = textOf(record['payee']);
  return {
    external_ref: record['ref'],
    purpose: record['purpose'],
    payee_blind: payee === null ? null : hex(vault.blindIndex('payee', payee.replaceAll(/\s/g, ''))),
    payee_tail: payee?.slice(-4) ?? null,
    amount_fen: record['amount'],
  };
}

function accountRow(record: CanonicalRecord, { vault }: RowContext): DatabaseRow {
  const { cipher, tail } = vault.seal('account', String(record['ref']));
  return {
    account_key: accountKey(vault, String(record['ref'])),
    account_cipher: hex(cipher),
    account_tail: tail,
    opened_on: record['openedOn'],
  };
}

const unitRow = (record: CanonicalRecord): DatabaseRow => ({
  external_ref: record['ref'],
  code: record['ref'],
  name: record['name'],
  kind: record['kind'],
  location: record['location'],
  opened_on: record['openedOn'],
});

/** The database row of a canonical record that has no faults, references apart. */
export function rowOf(kind: RecordKind, record: CanonicalRecord, context: RowContext): DatabaseRow {
  const dates = { valid_from: record['from'], valid_to: record['to'] };
  switch (kind) {
    case 'orgUnit':
      return unitRow(record);
    case 'customer':
      return customerRow(record, context.vault);
    case 'householdMember':
      return { role: record['role'], ...dates };
    case 'link':
      return {
        kind: record['kind'],
        status: record['status'],
        ...dates,
        source: `file:${context.mappingName}`,
        version: 1,
      };
    case 'account':
      return accountRow(record, context);
    case 'accountHolder':
      return { role: record['role'] };
    case 'standingPayment':
      return standingPaymentRow(record, context);
    case 'loan':
      return loanRow(record);
    case 'application':
      return applicationRow(record, context);
    case 'guarantee':
      return { external_ref: record['ref'], kind: record['kind'], amount_fen: record['amount'], ...dates };
    case 'bureauConsent':
      return {
        purpose: record['purpose'],
        signed_on: record['signedOn'],
        expires_on: record['expiresOn'],
        evidence: record['evidence'],
      };
    case 'bureauReport':
      return reportRow(record, context);
  }
}
