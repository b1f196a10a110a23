import { isPolicyFact } from '../catalogue/index.js';
import { compare, type ScalarOperator } from '../operators.js';
import type { TableLeaf } from '../rule-format.js';
import type { OutputValue } from './table-format.js';

const TURNED: Partial<Record<ScalarOperator, ScalarOperator>> = {
  greaterThan: 'lessThan',
  greaterThanInclusive: 'lessThanInclusive',
  lessThan: 'greaterThan',
  lessThanInclusive: 'greaterThanInclusive',
  equal: 'equal',
  notEqual: 'notEqual',
};

/**
 * A row's answer compared as a leaf asks: at once where both sides are constants; turned round where the right side is
 * a gathered fact, which then stands on the left. Null where a parameter meets no gathered fact.
 */
export function judgeAnswer(
  answer: OutputValue,
  { operator, value }: Pick<TableLeaf, 'operator' | 'value'>,
): boolean | null | { fact: string; operator: ScalarOperator; value: OutputValue } {
  if (typeof value === 'object' && 'fact' in value) {
    const turned = TURNED[operator];
    return isPolicyFact(value.fact) || turned === undefined
      ? null
      : { fact: value.fact, operator: turned, value: answer };
  }
  if (typeof answer === 'object' || (typeof value === 'object' && !Array.isArray(value))) return null;
  return compare(operator, answer, value) === 'true';
}
