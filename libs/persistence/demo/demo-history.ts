import { createHash } from 'node:crypto';
import { EMPTY_FILE } from '../../platform/bureau/simulator.js';
import type { BureauSummary } from '../../usecases/query-bureau.js';

/** One in this many people has each of the histories below; the others are clean. */
const ONE_IN = 24;

const SPOILT: readonly BureauSummary[] = [
  { accountsOverdueNow: 1, latePayments24Months: 2 },
  { hardEnquiries12Months: 9 },
  { otherLenders: 3, monthlyRepaymentFen: 90_000 },
  { monthsSince90DaysLate: 11, latePayments24Months: 7 },
];

/** The bureau history of a made person, told from the identity number alone: the same on every machine. */
export function demoHistory(identityNumber: string): BureauSummary {
  const dice = createHash('sha256').update(identityNumber).digest().readUInt32BE(0) % ONE_IN;
  return { ...EMPTY_FILE, ...SPOILT[dice] };
}
