import type { CreditBureau } from '../../usecases/query-bureau.js';

/** Where no bureau is set up: every query stays unanswered, and applications wait. */
export const noBureau: CreditBureau = {
  provider: 'none',
  fetchReport: async () => ({ kind: 'unavailable', detail: 'no credit bureau is set up: set BUREAU_URL' }),
};
