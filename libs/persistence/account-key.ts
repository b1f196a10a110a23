import { normaliseAccount, type PersonalDataVault } from '../platform/personal-data.js';

/** What an account is found by: the blind index of its number. */
export const accountKey = (vault: PersonalDataVault, number: string): string =>
  vault.blindIndex('account', normaliseAccount(number)).toString('hex');
