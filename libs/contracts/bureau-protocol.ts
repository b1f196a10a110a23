import { z } from 'zod';
import { parseCivilDate } from '../domain/civil-date.js';

const count = z.int().min(0).max(1_000_000);
const countOrNever = z.union([count, z.strictObject({ never: z.literal(true) })]);

/** What the bureau is asked. */
export const bureauRequest = z.strictObject({
  queryId: z.string(),
  consentId: z.string(),
  purpose: z.string(),
  identityNumber: z.string(),
  name: z.string(),
});

/**
 * What the bureau answers. The report must be about the person asked for and carry its date; a count that it does not
 * state is unknown, which is not zero. A summary that states nothing is no report.
 */
export const bureauResponse = z.object({
  identityNumber: z.string(),
  reportedOn: z.string().refine((value) => parseCivilDate(value) !== null, 'a date of the calendar'),
  summary: z
    .object({
      accountsOverdueNow: count,
      monthsSince90DaysLate: countOrNever,
      latePayments24Months: count,
      accountsWrittenOff: count,
      accountsPaidByGuarantor: count,
      collections12Months: count,
      accounts120DaysOverdue: count,
      bankruptcies: count,
      taxLiens: count,
      hardEnquiries12Months: count,
      otherLenders: count,
      monthlyRepaymentFen: z.int().min(0),
    })
    .partial()
    .refine((summary) => Object.keys(summary).length > 0, 'the summary states nothing'),
});
