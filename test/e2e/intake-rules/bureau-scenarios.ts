import { EMPTY_FILE } from '#libs/platform/bureau/simulator.js';
import type { BureauSummary } from '#libs/usecases/query-bureau.js';
import type { Scenario } from './scenario.js';

const onFile = (summary: BureauSummary, expected: Scenario['expected']): Scenario => ({
  expected,
  async prepare({ records, union, files }) {
    const { id, identityNumber } = await records.customer(union.units.qingshi);
    files.set(identityNumber, summary);
    return { customerId: id };
  },
});

const aged = (reportedOn: string, expected: Scenario['expected']): Scenario => ({
  expected,
  without: 'query',
  async prepare({ records, union }) {
    const { id } = await records.customer(union.units.qingshi);
    await records.bureauReport(id, reportedOn, EMPTY_FILE);
    return { customerId: id };
  },
});

const unasked = (without: 'query' | 'consent', more: Scenario['expected']): Scenario => ({
  without,
  expected: { ...UNKNOWN_WITHOUT_REPORT, ...more },
  prepare: async ({ records, union }) => ({ customerId: (await records.customer(union.units.qingshi)).id }),
});

/** Without a report every fact of the bureau is unknown: each of its rules says that it cannot judge. */
const UNKNOWN_WITHOUT_REPORT = {
  'bureau-report-present': 'BLOCK',
  'bureau-report-fresh': 'BLOCK unknown',
  'overdue-now': 'REFER unknown',
  'late-90-days-in-24-months': 'REFER unknown',
  'late-six-times-in-24-months': 'REFER unknown',
  'written-off-elsewhere': 'REFER unknown',
  'paid-by-guarantor-elsewhere': 'REFER unknown',
  'in-collection': 'REFER unknown',
  'accounts-120-days-overdue': 'REFER unknown',
  bankruptcy: 'REFER unknown',
  'tax-lien': 'REFER unknown',
  enquiries: 'REFER unknown',
  'other-lenders-warn': 'WARN unknown',
  'other-lenders-refer': 'REFER unknown',
  'other-lenders-block': 'REFER unknown',
  'repayment-to-income': 'REFER unknown',
} as const;

export const BUREAU_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'no report was fetched': unasked('query', {}),
  'no consent was signed': unasked('consent', { 'bureau-consent': 'BLOCK' }),
  'the report is 31 days old': aged('2026-10-24', { 'bureau-report-fresh': 'BLOCK' }),
  'the report is 30 days old': aged('2026-10-25', {}),
  'an account is overdue now': onFile({ accountsOverdueNow: 1 }, { 'overdue-now': 'BLOCK' }),
  '90 days late 24 months ago (连三)': onFile({ monthsSince90DaysLate: 24 }, { 'late-90-days-in-24-months': 'BLOCK' }),
  '90 days late 25 months ago': onFile({ monthsSince90DaysLate: 25 }, {}),
  'late six times (累六)': onFile({ latePayments24Months: 6 }, { 'late-six-times-in-24-months': 'BLOCK' }),
  'late five times': onFile({ latePayments24Months: 5 }, {}),
  'a loan elsewhere was written off': onFile({ accountsWrittenOff: 1 }, { 'written-off-elsewhere': 'BLOCK' }),
  'a guarantor paid elsewhere': onFile({ accountsPaidByGuarantor: 1 }, { 'paid-by-guarantor-elsewhere': 'BLOCK' }),
  'a debt went to collectors': onFile({ collections12Months: 1 }, { 'in-collection': 'BLOCK' }),
  'an account is 120 days overdue': onFile({ accounts120DaysOverdue: 1 }, { 'accounts-120-days-overdue': 'BLOCK' }),
  'a bankruptcy is on record': onFile({ bankruptcies: 1 }, { bankruptcy: 'REFER' }),
  'a tax lien is on record': onFile({ taxLiens: 1 }, { 'tax-lien': 'REFER' }),
  'seven enquiries in a year': onFile({ hardEnquiries12Months: 7 }, { enquiries: 'REFER' }),
  'six enquiries in a year': onFile({ hardEnquiries12Months: 6 }, {}),
  'one other lender': onFile({ otherLenders: 1 }, {}),
  'two other lenders': onFile({ otherLenders: 2 }, { 'other-lenders-warn': 'WARN' }),
  'three other lenders': onFile({ otherLenders: 3 }, { 'other-lenders-refer': 'REFER' }),
  'four other lenders': onFile({ otherLenders: 4 }, { 'other-lenders-block': 'BLOCK' }),
  'repayments above half of the income': onFile({ monthlyRepaymentFen: 310_001 }, { 'repayment-to-income': 'REFER' }),
  'repayments of exactly half of the income': onFile({ monthlyRepaymentFen: 310_000 }, {}),
  'an instalment stated far below what repays the loan': {
    expected: { 'repayment-to-income': 'REFER' },
    prepare: async ({ records, union }) => ({
      customerId: (await records.customer(union.units.qingshi, { monthlyIncomeFen: 160_000 })).id,
      monthlyInstalmentFen: 1,
    }),
  },
  'an income of two years ago': {
    expected: { 'repayment-to-income': 'REFER unknown' },
    prepare: async ({ records, union }) => {
      const { id } = await records.customer(union.units.qingshi);
      await records.sql(`update party set income_as_of = '2024-09-30' where id = $1`, [id]);
      return { customerId: id };
    },
  },
  'no income is known': {
    expected: { 'repayment-to-income': 'REFER unknown' },
    prepare: async ({ records, union }) => ({
      customerId: (await records.customer(union.units.qingshi, { monthlyIncomeFen: null })).id,
    }),
  },
};
