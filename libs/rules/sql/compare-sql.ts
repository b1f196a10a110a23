import { parseCivilDate } from '../../domain/civil-date.js';
import type { FieldDefinition } from '../fact-definition.js';
import type { EngineScalar } from '../fact-value.js';
import { compare, ORDER_OPERATORS, type ScalarOperator } from '../operators.js';
import { type Dialect, falseWhereKnown, isWhole, NULL_BOOLEAN, quoteText, trueWhereKnown } from './dialect.js';

/** A column or a field of a record: SQL and what the catalogue says of it. */
export interface Side {
  readonly sql: string;
  readonly definition: FieldDefinition;
}

const SYMBOLS: Readonly<Record<string, string>> = {
  greaterThan: '>',
  greaterThanInclusive: '>=',
  lessThan: '<',
  lessThanInclusive: '<=',
  equal: '=',
  notEqual: '<>',
};

const isOrder = (operator: ScalarOperator): boolean => (ORDER_OPERATORS as readonly string[]).includes(operator);

const isSide = (value: unknown): value is Side => typeof value === 'object' && value !== null && 'sql' in value;

/** One comparison as three-valued SQL: the same answer as the live operator gives for every admitted value. */
export function compareSql(
  dialect: Dialect,
  operator: ScalarOperator,
  left: Side,
  right: Side | EngineScalar | readonly EngineScalar[],
): string {
  if (operator === 'in' || operator === 'notIn') {
    if (!Array.isArray(right)) return NULL_BOOLEAN;
    const found = (right as readonly EngineScalar[]).map((member) => compareSql(dialect, 'equal', left, member));
    const some = found.length === 0 ? 'false' : `(${found.join(' or ')})`;
    return operator === 'in' ? some : `(not ${some})`;
  }
  if (isSide(right)) return compareSides(dialect, operator, left, right);
  if (Array.isArray(right)) return NULL_BOOLEAN;
  return compareConstant(dialect, operator, left, right as EngineScalar);
}

function compareConstant(dialect: Dialect, operator: ScalarOperator, left: Side, right: EngineScalar): string {
  const { sql, definition } = left;
  const symbol = SYMBOLS[operator];
  switch (definition.type) {
    case 'number':
      if (typeof right !== 'number' || Number.isNaN(right)) return NULL_BOOLEAN;
      return isWhole(definition) ? compareWhole(operator, sql, right) : `(${sql} ${symbol} ${dialect.number(right)})`;
    case 'boolean':
      if (typeof right !== 'boolean' || isOrder(operator)) return NULL_BOOLEAN;
      return `(${sql} ${symbol} ${right})`;
    case 'text':
      return typeof right === 'string' ? amongValues(operator, sql, definition.values, right) : NULL_BOOLEAN;
    case 'date':
      return typeof right === 'string' ? compareDate(dialect, operator, sql, right) : NULL_BOOLEAN;
  }
}

/** A whole number from 0 to 2^53 - 1 against any number: as whole numbers, or settled where no value makes a difference. */
function compareWhole(operator: ScalarOperator, sql: string, right: number): string {
  const above = operator === 'greaterThan' || operator === 'lessThanInclusive';
  const bound = above ? Math.floor(right) : Math.ceil(right);
  if (!isOrder(operator) && bound !== right) return operator === 'equal' ? falseWhereKnown(sql) : trueWhereKnown(sql);
  if (Number.isSafeInteger(bound)) return `(${sql} ${SYMBOLS[operator]} ${bound})`;
  const holds = compare(operator, 0, right) === 'true';
  return holds ? trueWhereKnown(sql) : falseWhereKnown(sql);
}

/** A text fact has one of the catalogue's values: those for which the live operator says yes are listed. */
function amongValues(operator: ScalarOperator, sql: string, values: readonly string[], right: string): string {
  const yes = values.filter((value) => compare(operator, value, right) === 'true');
  if (yes.length === 0) return falseWhereKnown(sql);
  if (yes.length === values.length) return trueWhereKnown(sql);
  return `(${sql} in (${yes.map(quoteText).join(', ')}))`;
}

/** A text that is no date is compared as text, as the live operator does; what is not ASCII sorts after every date. */
function compareDate(dialect: Dialect, operator: ScalarOperator, sql: string, right: string): string {
  if (parseCivilDate(right) !== null) return `(${sql} ${SYMBOLS[operator]} ${dialect.date(right)})`;
  const plain = right.replace(/[^ -~].*$/su, '~');
  return `(${dialect.byCodePoint(dialect.dateText(sql))} ${SYMBOLS[operator]} ${quoteText(plain)})`;
}

function compareSides(dialect: Dialect, operator: ScalarOperator, left: Side, right: Side): string {
  const types = [left.definition.type, right.definition.type];
  const symbol = SYMBOLS[operator];
  if (types.every((type) => type === 'number' || type === 'date') && types[0] === types[1])
    return `(${left.sql} ${symbol} ${right.sql})`;
  if (types.every((type) => type === 'boolean') && !isOrder(operator)) return `(${left.sql} ${symbol} ${right.sql})`;
  if (!types.every((type) => type === 'text' || type === 'date')) return NULL_BOOLEAN;
  const text = ({ sql, definition }: Side) =>
    dialect.byCodePoint(definition.type === 'date' ? dialect.dateText(sql) : sql);
  return `(${text(left)} ${symbol} ${text(right)})`;
}
