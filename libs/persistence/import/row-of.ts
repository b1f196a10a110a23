import type { RecordKind } from '../../contracts/import/records.js';
import { parseCreditCode, parseResidentId } from '../../domain/identity.js';
import { type Fault, fault } from '../../domain/problem.js';
import { normaliseAddress, normalisePhone, type PersonalDataVault } from '../../platform/personal-data.js';
import type { RecordValue } from './read-value.js';

export type CanonicalRecord = Readonly<Record<string, RecordValue>>;
export type DatabaseRow = Record<string, unknown>;
export type RowMaking = { readonly row: DatabaseRow; readonly unique?: string } | { readonly faults: readonly Fault[] };

export interface RowContext {
  readonly vault: PersonalDataVault;
  readonly mappingName: string;
  readonly receivedAt: string;
}

const hex = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`;
const text = (value: RecordValue | undefined): string | null => (typeof value === 'string' ? value : null);

const bad = (path: string, code: string, zh: string, en: string): RowMaking => ({
  faults: [fault(path, code, { zh, en })],
});

/** The customer's identity number read by its kind: 18 characters with a right check character. */
function identityOf(kind: string | null, given: string | null) {
  if (given === null) return null;
  if (kind === 'organisation') {
    const code = parseCreditCode(given);
    return code === null ? undefined : { kind: 'unified_social_credit_code', number: code, birthDate: null };
  }
  const resident = parseResidentId(given);
  return resident === null
    ? undefined
    : { kind: 'resident_id', number: resident.number, birthDate: resident.birthDate };
}

function customerRow(record: CanonicalRecord, { vault }: RowContext): RowMaking {
  const identity = identityOf(text(record['kind']), text(record['identity']));
  if (identity === undefined)
    return bad('/identity', 'import.identity', '证件号码校验不符', 'the identity number fails its check character');
  const sealed = identity === null ? null : vault.seal('identity', identity.number);
  const phone = text(record['phone']);
  const sealedPhone = phone === null ? null : vault.seal('phone', normalisePhone(phone));
  const address = text(record['address']);
  const row = {
    external_ref: record['ref'],
    kind: record['kind'],
    name: record['name'],
    identity_kind: identity?.kind ?? null,
    identity_cipher: sealed && hex(sealed.cipher),
    identity_blind: sealed && hex(sealed.blind),
    identity_tail: sealed?.tail ?? null,
    birth_date: identity?.birthDate ?? record['birthDate'],
    phone_cipher: sealedPhone && hex(sealedPhone.cipher),
    phone_blind: sealedPhone && hex(sealedPhone.blind),
    phone_tail: sealedPhone?.tail ?? null,
    address,
    address_blind: address === null ? null : hex(vault.blindIndex('address', normaliseAddress(address))),
    residence: record['residence'],
    insider_status: record['insiderStatus'],
    monthly_income_fen: record['monthlyIncome'],
    income_as_of: record['incomeAsOf'],
    credit_level: record['creditLevel'],
    credit_level_rated_on: record['creditLevelRatedOn'],
    version: 1,
  };
  return sealed === null ? { row } : { row, unique: sealed.blind.toString('base64') };
}

function loanRow(record: CanonicalRecord): RowMaking {
  const balance = record['balance'] ?? (record['status'] === 'settled' ? '0' : record['principal']);
  if (record['principal'] === '0') return bad('/principal', 'import.zero', '本金为零', 'the principal is zero');
  if (record['status'] === 'settled' && balance !== '0') {
    return bad('/balance', 'import.settled-with-balance', '已结清贷款仍有余额', 'a settled loan still has a balance');
  }
  const dueOn = text(record['dueOn']);
  if (dueOn !== null && dueOn < (text(record['issuedOn']) ?? ''))
    return bad('/dueOn', 'import.dates', '到期日早于发放日', 'due before it was paid out');
  return {
    row: {
      loan_no: record['ref'],
      product_code: record['product'],
      kind: record['kind'],
      status: record['status'],
      five_tier: record['class'],
      principal_fen: record['principal'],
      balance_fen: balance,
      issued_on: record['issuedOn'],
      due_on: dueOn,
      settled_on: record['settledOn'],
      overdue_days: record['overdueDays'],
      version: 1,
    },
  };
}

function applicationRow(record: CanonicalRecord, { mappingName }: RowContext): RowMaking {
  const term = Number(record['termMonths']);
  if (record['amount'] === '0') return bad('/amount', 'import.zero', '申请金额为零', 'the amount is zero');
  if (term < 1 || term > 600)
    return bad('/termMonths', 'import.term', '期限应为1至600个月', 'the term must be 1 to 600 months');
  return {
    row: {
      external_ref: record['ref'],
      file_no: `${mappingName}-${record['ref']}`,
      amount_fen: record['amount'],
      term_months: term,
      instalment_fen: record['instalment'],
      debt_to_income_percent: record['debtToIncome'],
      purpose: record['purpose'],
      stage: 'intake',
      submitted_on: record['submittedOn'],
      submitted_at: record['submittedOn'],
      version: 1,
    },
  };
}

function guaranteeRow(record: CanonicalRecord): RowMaking {
  if ((record['loan'] === null) === (record['application'] === null)) {
    return bad(
      '',
      'import.guarantee-of-one',
      '须且只能对应一笔贷款或一个申请',
      'guarantees either a loan or an application',
    );
  }
  return {
    row: {
      external_ref: record['ref'],
      kind: record['kind'],
      amount_fen: record['amount'],
      valid_from: record['from'],
      valid_to: record['to'],
    },
  };
}

/** A report's summary keeps only what the source stated: what is not stated is unknown, not zero. */
function reportRow(record: CanonicalRecord, { mappingName, receivedAt }: RowContext): RowMaking {
  const { ref, customer: _customer, reportedOn, monthlyRepayment, ...stated } = record;
  const summary = Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== null));
  if (typeof monthlyRepayment === 'string') summary['monthlyRepaymentFen'] = Number(monthlyRepayment);
  return {
    row: {
      external_ref: ref,
      provider: `file:${mappingName}`,
      reported_on: reportedOn,
      received_at: receivedAt,
      summary,
    },
  };
}

/** The database row of a canonical record, references apart; or what is wrong across its fields. */
export function rowOf(kind: RecordKind, record: CanonicalRecord, context: RowContext): RowMaking {
  const { vault, mappingName } = context;
  const dates = { valid_from: record['from'], valid_to: record['to'] };
  switch (kind) {
    case 'orgUnit':
      return {
        row: {
          external_ref: record['ref'],
          code: record['ref'],
          name: record['name'],
          kind: record['kind'],
          location: record['location'],
          opened_on: record['openedOn'],
        },
      };
    case 'customer':
      return customerRow(record, context);
    case 'householdMember':
      return { row: { role: record['role'], ...dates } };
    case 'link':
      return record['customer'] === record['other']
        ? bad('/other', 'import.same-customer', '不能与自己关联', 'a customer is not linked to itself')
        : {
            row: {
              kind: record['kind'],
              status: record['status'],
              ...dates,
              source: `file:${mappingName}`,
              version: 1,
            },
          };
    case 'account':
      return {
        row: {
          external_ref: record['ref'],
          account_tail: String(record['ref']).slice(-4),
          opened_on: record['openedOn'],
        },
      };
    case 'accountHolder':
      return { row: { role: record['role'] } };
    case 'standingPayment': {
      const payee = text(record['payee']);
      const blind = payee === null ? null : hex(vault.blindIndex('payee', payee.replaceAll(/\s/g, '')));
      return {
        row: {
          external_ref: record['ref'],
          purpose: record['purpose'],
          payee_blind: blind,
          payee_tail: payee?.slice(-4) ?? null,
          amount_fen: record['amount'],
        },
      };
    }
    case 'loan':
      return loanRow(record);
    case 'application':
      return applicationRow(record, context);
    case 'guarantee':
      return guaranteeRow(record);
    case 'bureauConsent':
      return {
        row: {
          purpose: record['purpose'],
          signed_on: record['signedOn'],
          expires_on: record['expiresOn'],
          evidence: record['evidence'],
        },
      };
    case 'bureauReport':
      return reportRow(record, context);
  }
}
