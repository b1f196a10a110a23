import type { CivilDate } from '../domain/civil-date.js';
import { debtToIncomePercent, type RepaymentCapacity } from './debt-to-income.js';

const on = '2026-11-24' as CivilDate;
const known: RepaymentCapacity = {
  amount_fen: 2_400_000,
  term_months: 24,
  income_as_of: '2026-09-30',
  debt_to_income_percent: null,
  instalment_fen: 100_000,
  monthly_income_fen: 800_000,
  report: { monthlyRepaymentFen: 300_000 },
};

describe('repayments as a share of income', () => {
  it.each([
    ['what this loan and the others cost', known, 50],
    ['a share just above half is not rounded down to half', { ...known, instalment_fen: 100_001 }, 50.01],
    ['a share that the source states', { ...known, debt_to_income_percent: 61.3 }, 61.3],
    ['an instalment stated below what repays the loan within its term', { ...known, instalment_fen: 1 }, 50],
    ['nothing owed elsewhere', { ...known, report: { monthlyRepaymentFen: 0 } }, 12.5],
  ])('%s', (_, capacity, percent) => {
    const asOf = capacity.debt_to_income_percent === null ? '2026-09-30' : on; // as old as the income is
    expect(debtToIncomePercent(capacity, on)).toEqual({ value: percent, source: 'bureau', asOf });
  });

  it.each([
    ['no income', { ...known, monthly_income_fen: 0 }],
    ['income not known', { ...known, monthly_income_fen: null }],
    ['instalment not known', { ...known, instalment_fen: null }],
    ['an income of no day', { ...known, income_as_of: null }],
    ['no report', { ...known, report: null }],
    ['a report that does not say what others are paid', { ...known, report: {} }],
    ['a report that says it in words', { ...known, report: { monthlyRepaymentFen: 'much' } }],
  ])('%s: unknown, never zero', (_, capacity) => {
    expect(debtToIncomePercent(capacity, on)).toEqual({ unknown: 'not-stated', source: 'bureau' });
  });
});
