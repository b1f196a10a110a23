import type { CivilDate } from '../domain/civil-date.js';
import type { GatheredFact } from './fact-value.js';

/** What repayment capacity is reckoned from; null is not known. */
export interface RepaymentCapacity {
  /** As an imported application states it, in percent. */
  readonly debt_to_income_percent: number | null;
  /** What this loan costs a month, fen. */
  readonly instalment_fen: number | null;
  /** Monthly income of the applicant, fen. */
  readonly monthly_income_fen: number | null;
  /** The bureau's summary, for what other lenders are paid each month. */
  readonly report: Readonly<Record<string, unknown>> | null;
}

/**
 * Repayments as a percentage of income, to two decimals, rounded up so that a share just above a limit stays above
 * it. Unknown where a part is missing or the income is zero: a division by zero never passes.
 */
export function debtToIncomePercent(capacity: RepaymentCapacity, asOf: CivilDate): GatheredFact {
  const source = 'bureau' as const;
  if (capacity.debt_to_income_percent !== null) return { value: capacity.debt_to_income_percent, source, asOf };
  const elsewhere = capacity.report?.['monthlyRepaymentFen'];
  const { instalment_fen: instalment, monthly_income_fen: income } = capacity;
  if (instalment === null || income === null || income <= 0 || typeof elsewhere !== 'number') {
    return { unknown: 'not-stated', source };
  }
  return { value: Math.ceil(((instalment + elsewhere) / income) * 10_000) / 100, source, asOf };
}
