import type { CreditBureau } from '../../usecases/query-bureau.js';
import { HttpBureau } from './http-bureau.js';
import { noBureau } from './no-bureau.js';

const ATTEMPTS = 3;
const BREAK_AFTER = 5;
const HALF_OPEN_AFTER_MS = 10_000;

/** The bureau of the settings. */
export const openBureau = (url: string | undefined, timeoutMs: number, today: () => string): CreditBureau =>
  url === undefined
    ? noBureau
    : new HttpBureau({
        url,
        timeoutMs,
        attempts: ATTEMPTS,
        breakAfter: BREAK_AFTER,
        halfOpenAfterMs: HALF_OPEN_AFTER_MS,
        today,
      });
