import type { LineCondition } from '../../contracts/import/mapping.js';
import { lineExpression } from './expression.js';

type Cells = readonly string[];

/** Whether a line is kept. An expression keeps it only where it answers true. */
export function lineCondition(
  condition: LineCondition | undefined,
  columns: readonly string[],
): (cells: Cells) => boolean | Promise<boolean> {
  if (condition === undefined) return () => true;
  if ('expression' in condition) {
    const evaluate = lineExpression(condition.expression, columns);
    return async (cells) => (await evaluate(cells)) === true;
  }
  const position = columns.indexOf(condition.column);
  const wanted = new Set('in' in condition ? condition.in : condition.notIn);
  return (cells) => wanted.has(cells[position] ?? '') === 'in' in condition;
}
