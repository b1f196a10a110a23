import jsonata from 'jsonata';
import { type Fault, fault } from '../../domain/problem.js';

/** An expression that cannot be worked out for a line: JSONata throws objects that are no errors. */
export class ExpressionFailed extends Error {}

/** A line as an object, for JSONata expressions. */
const lineObject = (columns: readonly string[], cells: readonly string[]): Record<string, string> =>
  Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));

/** Compiles an expression over the columns of a line. It throws ExpressionFailed where it cannot be worked out. */
export function lineExpression(
  text: string,
  columns: readonly string[],
): (cells: readonly string[]) => Promise<unknown> {
  const expression = jsonata(text);
  return async (cells) => {
    try {
      return (await expression.evaluate(lineObject(columns, cells))) as unknown;
    } catch (cause) {
      throw new ExpressionFailed(String((cause as { message?: unknown }).message ?? cause), { cause });
    }
  };
}

export const expressionFault = (path: string, { message }: ExpressionFailed): Fault =>
  fault(path, 'import.expression', {
    zh: `表达式无法计算：${message}`,
    en: `the expression cannot be worked out: ${message}`,
  });
