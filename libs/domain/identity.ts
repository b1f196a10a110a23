import { type CivilDate, parseCivilDate } from './civil-date.js';

const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const RESIDENT_CHECKS = '10X98765432';

/** GB 11643: the check character over the first 17 digits of a resident identity number. */
export function residentCheckCharacter(first17: string): string {
  const sum = RESIDENT_WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return RESIDENT_CHECKS[sum % 11] ?? '';
}

export interface ResidentIdentity {
  /** The 18-character form; a 15-digit old number is converted. */
  readonly number: string;
  readonly birthDate: CivilDate;
  readonly gender: 'female' | 'male';
}

/**
 * Reads a resident identity number of 18 characters, or an old one of 15 digits. Null where a digit, the date of
 * birth or the check character is wrong.
 */
export function parseResidentId(text: string): ResidentIdentity | null {
  const given = text.trim().toUpperCase();
  const first17 = /^\d{15}$/.test(given) ? `${given.slice(0, 6)}19${given.slice(6)}` : given.slice(0, 17);
  if (!/^[1-9]\d{16}$/.test(first17)) return null;
  const number = first17 + residentCheckCharacter(first17);
  if (given.length !== 15 && given !== number) return null;
  const birthDate = parseCivilDate(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`);
  if (birthDate === null) return null;
  return { number, birthDate, gender: Number(number[16]) % 2 === 0 ? 'female' : 'male' };
}

const CREDIT_CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CREDIT_CODE_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** GB 32100: the check character over the first 17 characters of a unified social credit code. */
export function creditCodeCheckCharacter(first17: string): string {
  const sum = CREDIT_CODE_WEIGHTS.reduce(
    (total, weight, index) => total + weight * CREDIT_CODE_ALPHABET.indexOf(first17[index] ?? ''),
    0,
  );
  return CREDIT_CODE_ALPHABET[(31 - (sum % 31)) % 31] ?? '';
}

/** The unified social credit code in capitals, or null where its form or its check character is wrong. */
export function parseCreditCode(text: string): string | null {
  const code = text.trim().toUpperCase();
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return null;
  return creditCodeCheckCharacter(code.slice(0, 17)) === code[17] ? code : null;
}
