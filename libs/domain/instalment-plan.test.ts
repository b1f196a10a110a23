import fc from 'fast-check';
import { addMonths, type CivilDate, civilDateFromUtc } from './civil-date.js';
import { DAY_COUNTS, instalmentPlan, type LoanTerms, REPAYMENT_METHODS } from './instalment-plan.js';

const terms = (change: Partial<LoanTerms> = {}): LoanTerms => ({
  principalFen: 1_200_000n,
  rateTenThousandths: 60_000,
  termMonths: 12,
  issuedOn: '2026-01-31' as CivilDate,
  method: 'equal_principal',
  dayCount: 'thirty_360',
  ...change,
});
const sum = (parts: readonly bigint[]): bigint => parts.reduce((total, part) => total + part, 0n);

describe('instalment plans', () => {
  it('equal principal: 12,000.00 yuan at 6% over a year', () => {
    const plan = instalmentPlan(terms());
    expect(plan.map(({ principalFen }) => principalFen)).toEqual(Array.from({ length: 12 }, () => 100_000n));
    expect(plan.slice(0, 3).map(({ interestFen }) => interestFen)).toEqual([6000n, 5500n, 5000n]);
    expect(sum(plan.map(({ interestFen }) => interestFen))).toBe(39_000n);
  });

  it('equal payment: 100,000.00 yuan at 4.35% over 24 months is 4,358.09 a month', () => {
    const plan = instalmentPlan(
      terms({ principalFen: 10_000_000n, rateTenThousandths: 43_500, termMonths: 24, method: 'equal_payment' }),
    );
    const payments = plan.map(({ principalFen, interestFen }) => principalFen + interestFen);
    expect(new Set(payments.slice(0, -1))).toEqual(new Set([435_809n]));
    expect(payments.at(-1)! - 435_809n).toBeLessThan(24n);
    expect(plan[0]!.interestFen).toBe(36_250n);
  });

  it('interest first: interest each month, principal with the last', () => {
    const plan = instalmentPlan(terms({ method: 'interest_first' }));
    expect(
      plan.slice(0, 11).every(({ principalFen, interestFen }) => principalFen === 0n && interestFen === 6000n),
    ).toBe(true);
    expect(plan[11]).toMatchObject({ principalFen: 1_200_000n, interestFen: 6000n });
  });

  it('bullet: everything at the end, by days as they are', () => {
    const bullet = terms({ method: 'bullet', dayCount: 'actual_365', issuedOn: '2024-01-01' as CivilDate });
    expect(instalmentPlan(bullet)).toEqual([
      { number: 1, dueOn: '2025-01-01', principalFen: 1_200_000n, interestFen: 72_197n },
    ]);
    expect(instalmentPlan({ ...bullet, dayCount: 'actual_360' })[0]!.interestFen).toBe(73_200n);
  });

  it('a loan of the 31st is due on the last day of shorter months, and on the 31st again', () => {
    const dates = instalmentPlan(terms()).map(({ dueOn }) => dueOn);
    expect(dates.slice(0, 3)).toEqual(['2026-02-28', '2026-03-31', '2026-04-30']);
    expect(dates.at(-1)).toBe('2027-01-31');
  });

  it('a rate of zero bears no interest', () => {
    for (const method of REPAYMENT_METHODS) {
      expect(sum(instalmentPlan(terms({ method, rateTenThousandths: 0 })).map(({ interestFen }) => interestFen))).toBe(
        0n,
      );
    }
  });

  it.each([
    { termMonths: 0 },
    { termMonths: 601 },
    { termMonths: 1.5 },
    { principalFen: 0n },
    { rateTenThousandths: -1 },
  ])('%j is no loan', (change) => {
    expect(() => instalmentPlan(terms(change as Partial<LoanTerms>))).toThrow(RangeError);
  });

  it('sum to the fen over 10,000 random loans: principal whole, never below zero, in order, last one on the due date', () => {
    const loans = fc.record({
      principalFen: fc.bigInt(1n, 10n ** 13n),
      rateTenThousandths: fc.integer({ min: 0, max: 360_000 }),
      termMonths: fc.integer({ min: 1, max: 60 }),
      issuedOn: fc
        .date({ min: new Date('1990-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
        .map(civilDateFromUtc),
      method: fc.constantFrom(...REPAYMENT_METHODS),
      dayCount: fc.constantFrom(...DAY_COUNTS),
    });
    fc.assert(
      fc.property(loans, (loan) => {
        const plan = instalmentPlan(loan);
        expect(sum(plan.map(({ principalFen }) => principalFen))).toBe(loan.principalFen);
        expect(plan.every(({ principalFen, interestFen }) => principalFen >= 0n && interestFen >= 0n)).toBe(true);
        const dates = plan.map(({ dueOn }) => dueOn);
        expect([...dates].sort()).toEqual(dates);
        expect(new Set(dates).size).toBe(dates.length);
        expect(dates.at(-1)).toBe(addMonths(loan.issuedOn, loan.termMonths));
      }),
      { numRuns: 10_000 },
    );
  });
});
