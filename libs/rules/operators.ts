import { and, not, or, type Truth, truthOf } from '../domain/kleene.js';
import { type EngineRecord, type EngineScalar, UNKNOWN } from './fact-value.js';

/** A condition over the fields of one record of a list, with parameters already put in. */
export type RecordPredicate =
  | { readonly all: readonly RecordPredicate[] }
  | { readonly any: readonly RecordPredicate[] }
  | { readonly not: RecordPredicate }
  | {
      readonly field: string;
      readonly operator: ScalarOperator;
      readonly value: EngineScalar | readonly EngineScalar[];
    };

type Order = (left: number | string, right: number | string) => boolean;

const ORDER: Readonly<Record<string, Order>> = {
  greaterThan: (left, right) => left > right,
  greaterThanInclusive: (left, right) => left >= right,
  lessThan: (left, right) => left < right,
  lessThanInclusive: (left, right) => left <= right,
};

export const ORDER_OPERATORS = ['greaterThan', 'greaterThanInclusive', 'lessThan', 'lessThanInclusive'] as const;
export const EQUALITY_OPERATORS = ['equal', 'notEqual'] as const;
export const MEMBERSHIP_OPERATORS = ['in', 'notIn'] as const;
export const SCALAR_OPERATORS = [...ORDER_OPERATORS, ...EQUALITY_OPERATORS, ...MEMBERSHIP_OPERATORS] as const;
export type ScalarOperator = (typeof SCALAR_OPERATORS)[number];
export const LIST_OPERATORS = ['some', 'every', 'sum'] as const;

/** sum over a field of the records that satisfy `where`, compared with `value`. */
export interface SumComparison {
  readonly field: string;
  readonly where?: RecordPredicate;
  readonly operator: ScalarOperator;
  readonly value: EngineScalar;
}

function compareMembership(operator: 'in' | 'notIn', left: unknown, right: unknown): Truth {
  if (!Array.isArray(right) || typeof left === 'symbol') return 'unknown';
  const found = or(right.map((member) => compareScalars('equal', left, member)));
  return operator === 'in' ? found : not(found);
}

/** Compares two scalars of one type; a different type on either side, NaN or UNKNOWN makes the answer unknown. */
function compareScalars(operator: ScalarOperator, left: unknown, right: unknown): Truth {
  if (operator === 'in' || operator === 'notIn') return compareMembership(operator, left, right);
  const type = typeof left;
  if (type !== typeof right || (type !== 'number' && type !== 'string' && type !== 'boolean')) return 'unknown';
  if (Number.isNaN(left) || Number.isNaN(right)) return 'unknown';
  if (operator === 'equal' || operator === 'notEqual') return truthOf((left === right) === (operator === 'equal'));
  if (type === 'boolean') return 'unknown';
  return truthOf((ORDER[operator] as Order)(left as number | string, right as number | string));
}

function holds(predicate: RecordPredicate, record: EngineRecord): Truth {
  if ('all' in predicate) return and(predicate.all.map((part) => holds(part, record)));
  if ('any' in predicate) return or(predicate.any.map((part) => holds(part, record)));
  if ('not' in predicate) return not(holds(predicate.not, record));
  return compareScalars(predicate.operator, record[predicate.field], predicate.value);
}

/** The sum that a comparison is about; null where a record's part in it is unknown, or beyond 2^53. */
export function totalOf(records: readonly EngineRecord[], sum: SumComparison): number | null {
  let total = 0;
  for (const record of records) {
    const counted = sum.where === undefined ? 'true' : holds(sum.where, record);
    if (counted === 'false') continue;
    const amount = record[sum.field];
    if (counted === 'unknown' || typeof amount !== 'number') return null;
    total += amount;
  }
  return Number.isSafeInteger(total) ? total : null;
}

function compareSum(records: readonly EngineRecord[], sum: SumComparison): Truth {
  const total = totalOf(records, sum);
  return total === null ? 'unknown' : compareScalars(sum.operator, total, sum.value);
}

/** The answer of a leaf: `left` is the fact as admitted, `right` the value with parameters put in. */
export function compare(operator: string, left: unknown, right: unknown): Truth {
  if (left === UNKNOWN || right === UNKNOWN) return 'unknown';
  if (operator === 'some' || operator === 'every' || operator === 'sum') {
    if (!Array.isArray(left) || typeof right !== 'object' || right === null) return 'unknown';
    const records = left as EngineRecord[];
    if (operator === 'sum') return compareSum(records, right as SumComparison);
    const truths = records.map((record) => holds(right as RecordPredicate, record));
    return operator === 'some' ? or(truths) : and(truths);
  }
  return compareScalars(operator as ScalarOperator, left, right);
}
