import type { BUREAU_FACTS } from './catalogue/bureau-facts.js';

type BureauFactName = keyof typeof BUREAU_FACTS;

/** The normalised summary of a bureau report: which key of it each fact is read from. */
export const BUREAU_SUMMARY_FACTS = [
  { fact: 'bureau.accountsOverdueNow', key: 'accountsOverdueNow' },
  { fact: 'bureau.monthsSince90DaysLate', key: 'monthsSince90DaysLate' },
  { fact: 'bureau.latePayments24Months', key: 'latePayments24Months' },
  { fact: 'bureau.accountsWrittenOff', key: 'accountsWrittenOff' },
  { fact: 'bureau.accountsPaidByGuarantor', key: 'accountsPaidByGuarantor' },
  { fact: 'bureau.collections12Months', key: 'collections12Months' },
  { fact: 'bureau.accounts120DaysOverdue', key: 'accounts120DaysOverdue' },
  { fact: 'bureau.bankruptcies', key: 'bankruptcies' },
  { fact: 'bureau.taxLiens', key: 'taxLiens' },
  { fact: 'bureau.hardEnquiries12Months', key: 'hardEnquiries12Months' },
  { fact: 'bureau.otherLenders', key: 'otherLenders' },
] as const satisfies readonly { fact: BureauFactName; key: string }[];

export type BureauSummaryKey = (typeof BUREAU_SUMMARY_FACTS)[number]['key'];
