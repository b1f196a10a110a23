import { addMonths, type CivilDate, daysBetween } from './civil-date.js';

/** How a loan is repaid: equal principal, equal payment, interest each month and principal at the end, all at the end. */
export const REPAYMENT_METHODS = ['equal_principal', 'equal_payment', 'interest_first', 'bullet'] as const;
export type RepaymentMethod = (typeof REPAYMENT_METHODS)[number];

/** How days become a part of a year: months of a twelfth, or days as they are over 360 or 365. */
export const DAY_COUNTS = ['thirty_360', 'actual_360', 'actual_365'] as const;
export type DayCount = (typeof DAY_COUNTS)[number];

export interface LoanTerms {
  readonly principalFen: bigint;
  /** Percent a year in ten-thousandths: 4.35% is 43,500. */
  readonly rateTenThousandths: number;
  readonly termMonths: number;
  readonly issuedOn: CivilDate;
  readonly method: RepaymentMethod;
  readonly dayCount: DayCount;
}

export interface Instalment {
  readonly number: number;
  readonly dueOn: CivilDate;
  readonly principalFen: bigint;
  readonly interestFen: bigint;
}

/** Percent in ten-thousandths to a plain fraction. */
const RATE_UNIT = 1_000_000n;
/** Fixed-point one, for the annuity factor. */
const ONE = 10n ** 30n;

/** Half a fen and more is rounded up. */
const divideRounded = (dividend: bigint, divisor: bigint): bigint => (2n * dividend + divisor) / (2n * divisor);

/** Parts of a year between two dates, as [days, days of a year]. */
function yearPart(dayCount: DayCount, from: CivilDate, to: CivilDate, months: number): readonly [bigint, bigint] {
  if (dayCount === 'thirty_360') return [BigInt(months), 12n];
  return [BigInt(daysBetween(from, to)), dayCount === 'actual_360' ? 360n : 365n];
}

function interestOn(fen: bigint, rate: bigint, [days, year]: readonly [bigint, bigint]): bigint {
  return divideRounded(fen * rate * days, RATE_UNIT * year);
}

/** The level monthly payment of an annuity; at a rate of zero, equal parts. */
function levelPayment(principal: bigint, rate: bigint, months: number): bigint {
  if (rate === 0n) return divideRounded(principal, BigInt(months));
  const monthly = (ONE * rate) / (RATE_UNIT * 12n);
  let growth = ONE;
  for (let month = 0; month < months; month += 1) growth = (growth * (ONE + monthly)) / ONE;
  return divideRounded(principal * monthly * growth, ONE * (growth - ONE));
}

/** The principal that each instalment but the last repays. */
function principalPart(terms: LoanTerms, payment: bigint, owed: bigint, interest: bigint): bigint {
  const wanted = {
    equal_principal: divideRounded(terms.principalFen, BigInt(terms.termMonths)),
    equal_payment: payment > interest ? payment - interest : 0n,
    interest_first: 0n,
    bullet: 0n,
  }[terms.method];
  return wanted < owed ? wanted : owed;
}

/**
 * The instalments of a loan: amounts in fen, rounded half up for each instalment; the last one takes what is left of the
 * principal, so that principal parts sum to the loan to the fen. A loan paid out on the 31st falls due on the last day
 * of shorter months. Throws where the term is not 1 to 600 months or the principal is not above zero.
 */
export function instalmentPlan(terms: LoanTerms): Instalment[] {
  const { principalFen, termMonths, issuedOn, method, dayCount } = terms;
  if (!(Number.isInteger(termMonths) && termMonths >= 1 && termMonths <= 600))
    throw new RangeError(`term of ${termMonths} months`);
  if (principalFen <= 0n || terms.rateTenThousandths < 0) throw new RangeError('principal and rate must be above zero');
  const rate = BigInt(terms.rateTenThousandths);
  if (method === 'bullet') {
    const dueOn = addMonths(issuedOn, termMonths);
    const interestFen = interestOn(principalFen, rate, yearPart(dayCount, issuedOn, dueOn, termMonths));
    return [{ number: 1, dueOn, principalFen, interestFen }];
  }
  const payment = levelPayment(principalFen, rate, termMonths);
  const plan: Instalment[] = [];
  let owed = principalFen;
  let from = issuedOn;
  for (let number = 1; number <= termMonths; number += 1) {
    const dueOn = addMonths(issuedOn, number);
    const interestFen = interestOn(owed, rate, yearPart(dayCount, from, dueOn, 1));
    const part = number === termMonths ? owed : principalPart(terms, payment, owed, interestFen);
    plan.push({ number, dueOn, principalFen: part, interestFen });
    owed -= part;
    from = dueOn;
  }
  return plan;
}
