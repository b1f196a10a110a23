import type { CivilDate } from '../domain/civil-date.js';
import type { GatheredFact } from './fact-value.js';

/** What repayment capacity is reckoned from; null is not known. */
export interface RepaymentCapacity {
  /** As an imported application states it, in percent. */
  readonly debt_to_income_percent: number | null;
  readonly amount_fen: number;
  readonly term_months: number;
  /** What this loan costs a month, as stated, fen. */
  readonly instalment_fen: number | null;
  /** Monthly income of the applicant, fen, and its day. */
  readonly monthly_income_fen: number | null;
  readonly income_as_of: string | null;
  /** The bureau's summary, for what other lenders are paid each month. */
  readonly report: Readonly<Record<string, unknown>> | null;
}

/**
 * Repayments as a percentage of income, to two decimals, rounded up so that a share just above a limit stays above
 * it. An instalment stated below what repays the principal within the term does not count: it is reckoned as that.
 * Unknown where a part is missing or the income is zero: a division by zero never passes. As old as the income is.
 */
export function debtToIncomePercent(capacity: RepaymentCapacity, asOf: CivilDate): GatheredFact {
  const source = 'bureau' as const;
  if (capacity.debt_to_income_percent !== null) return { value: capacity.debt_to_income_percent, source, asOf };
  const elsewhere = capacity.report?.['monthlyRepaymentFen'];
  const { instalment_fen: stated, monthly_income_fen: income, income_as_of: incomeAsOf } = capacity;
  if (stated === null || income === null || income <= 0 || incomeAsOf === null || typeof elsewhere !== 'number') {
    return { unknown: 'not-stated', source };
  }
  const instalment = Math.max(stated, Math.ceil(capacity.amount_fen / capacity.term_months));
  const value = Math.ceil(((instalment + elsewhere) / income) * 10_000) / 100;
  return { value, source, asOf: incomeAsOf as CivilDate };
}
