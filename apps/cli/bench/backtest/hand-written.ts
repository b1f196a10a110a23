/** Numbers of the typed fact table by column; null where nothing is known. Infinity is "never". */
export type HandFacts = Readonly<Record<string, number | null>>;
/** True: finds; null: cannot judge. */
export type HandRule = (facts: HandFacts) => boolean | null;
/** Policy values by their names without `policy.`. */
export type Limits = Readonly<Record<string, number>>;

type Known = number | null | undefined;

const more = (value: Known, than: number): boolean | null => (value == null ? null : value > than);
const atLeast = (value: Known, least: number): boolean | null => (value == null ? null : value >= least);
const atMost = (value: Known, most: number): boolean | null => (value == null ? null : value <= most);
const within = (value: Known, least: number, below: number): boolean | null =>
  value == null ? null : value >= least && value < below;

const partOf = (whole: number, percent: number): number =>
  Math.floor((whole * Math.round(percent * 10_000)) / 1_000_000);

/** Rules of the book that ships, written out by hand as one would without a rule engine. */
export const HAND_WRITTEN: Readonly<Record<string, (limits: Limits) => HandRule>> = {
  'bureau-report-fresh':
    ({ bureauReportFreshDaysAtIntake: most = 0 }) =>
    ({ bureau__report_age_days }) =>
      more(bureau__report_age_days, most),
  'overdue-now':
    ({ overdueAccountsTolerated: most = 0 }) =>
    ({ bureau__accounts_overdue_now }) =>
      more(bureau__accounts_overdue_now, most),
  'late-90-days-in-24-months':
    ({ lateWithinMonths: most = 0 }) =>
    ({ bureau__months_since90_days_late }) =>
      atMost(bureau__months_since90_days_late, most),
  'late-six-times-in-24-months':
    ({ latePaymentsLimit: least = 0 }) =>
    ({ bureau__late_payments24_months }) =>
      atLeast(bureau__late_payments24_months, least),
  'written-off-elsewhere':
    ({ writtenOffTolerated: most = 0 }) =>
    ({ bureau__accounts_written_off }) =>
      more(bureau__accounts_written_off, most),
  'paid-by-guarantor-elsewhere':
    ({ guarantorPaidTolerated: most = 0 }) =>
    ({ bureau__accounts_paid_by_guarantor }) =>
      more(bureau__accounts_paid_by_guarantor, most),
  'in-collection':
    ({ collectionsTolerated: most = 0 }) =>
    ({ bureau__collections12_months }) =>
      more(bureau__collections12_months, most),
  'accounts-120-days-overdue':
    ({ overdueAccountsTolerated: most = 0 }) =>
    ({ bureau__accounts120_days_overdue }) =>
      more(bureau__accounts120_days_overdue, most),
  bankruptcy:
    ({ bankruptciesTolerated: most = 0 }) =>
    ({ bureau__bankruptcies }) =>
      more(bureau__bankruptcies, most),
  'tax-lien':
    ({ taxLiensTolerated: most = 0 }) =>
    ({ bureau__tax_liens }) =>
      more(bureau__tax_liens, most),
  enquiries:
    ({ hardEnquiriesTolerated: most = 0 }) =>
    ({ bureau__hard_enquiries12_months }) =>
      more(bureau__hard_enquiries12_months, most),
  'other-lenders-warn':
    ({ otherLendersWarn: least = 0, otherLendersRefer: below = 0 }) =>
    ({ bureau__other_lenders }) =>
      within(bureau__other_lenders, least, below),
  'other-lenders-refer':
    ({ otherLendersRefer: least = 0, otherLendersBlock: below = 0 }) =>
    ({ bureau__other_lenders }) =>
      within(bureau__other_lenders, least, below),
  'other-lenders-block':
    ({ otherLendersBlock: least = 0 }) =>
    ({ bureau__other_lenders }) =>
      atLeast(bureau__other_lenders, least),
  'repayment-to-income':
    ({ repaymentToIncomePercent: most = 0 }) =>
    ({ repayment__debt_to_income_percent }) =>
      more(repayment__debt_to_income_percent, most),
  'single-borrower-limit': ({ netCapitalFen = 0, singleBorrowerPercent = 0 }) => {
    const most = partOf(netCapitalFen, singleBorrowerPercent);
    return ({ exposure__applicant_after_fen }) => more(exposure__applicant_after_fen, most);
  },
  'group-limit': ({ netCapitalFen = 0, groupPercent = 0 }) => {
    const most = partOf(netCapitalFen, groupPercent);
    return ({ exposure__group_after_fen }) => more(exposure__group_after_fen, most);
  },
  'top-ten-limit': ({ netCapitalFen = 0, topTenPercent = 0 }) => {
    const most = partOf(netCapitalFen, topTenPercent);
    return ({ exposure__top_ten_after_fen }) => more(exposure__top_ten_after_fen, most);
  },
  'outstanding-at-other-branch':
    ({ loansAtOtherBranchesTolerated: most = 0 }) =>
    ({ in_house__applicant__outstanding_loans_at_other_branches }) =>
      more(in_house__applicant__outstanding_loans_at_other_branches, most),
  'shared-payee':
    ({ leadsTolerated: most = 0 }) =>
    ({ in_house__applicant__accounts_sharing_payee }) =>
      more(in_house__applicant__accounts_sharing_payee, most),
};
