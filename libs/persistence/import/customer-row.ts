import { parseCreditCode, parseResidentId } from '../../domain/identity.js';
import { normaliseAddress, normalisePhone, type PersonalDataVault } from '../../platform/personal-data.js';
import { type CanonicalRecord, type DatabaseRow, hex, textOf } from './row-values.js';

export interface CustomerIdentity {
  readonly kind: 'resident_id' | 'unified_social_credit_code';
  readonly number: string;
  readonly birthDate: string | null;
}

/** The identity number read by the customer's kind; null where none is given, 'wrong' where its check fails. */
export function customerIdentity(record: CanonicalRecord): CustomerIdentity | null | 'wrong' {
  const given = textOf(record['identity']);
  if (given === null) return null;
  if (record['kind'] === 'organisation') {
    const number = parseCreditCode(given);
    return number === null ? 'wrong' : { kind: 'unified_social_credit_code', number, birthDate: null };
  }
  const resident = parseResidentId(given);
  return resident === null ? 'wrong' : { kind: 'resident_id', number: resident.number, birthDate: resident.birthDate };
}

/** A customer's row, personal data sealed. */
export function customerRow(record: CanonicalRecord, vault: PersonalDataVault): DatabaseRow {
  const read = customerIdentity(record);
  const identity = read === 'wrong' ? null : read;
  const sealed = identity === null ? null : vault.seal('identity', identity.number);
  const phone = textOf(record['phone']);
  const sealedPhone = phone === null ? null : vault.seal('phone', normalisePhone(phone));
  const address = textOf(record['address']);
  return {
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
}
