import jsonata from 'jsonata';
import type { LineCondition } from '../../contracts/import/mapping.js';

type Cells = readonly string[];

/** A line as an object, for JSONata expressions. */
export const lineObject = (columns: readonly string[], cells: Cells): Record<string, string> =>
  Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));

/** Whether a line is kept. An expression keeps it only where it answers true. */
export function lineCondition(
  condition: LineCondition | undefined,
  columns: readonly string[],
): (cells: Cells) => boolean | Promise<boolean> {
  if (condition === undefined) return () => true;
  if ('expression' in condition) {
    const expression = jsonata(condition.expression);
    return async (cells) => (await expression.evaluate(lineObject(columns, cells))) === true;
  }
  const position = columns.indexOf(condition.column);
  const wanted = new Set('in' in condition ? condition.in : condition.notIn);
  return (cells) => wanted.has(cells[position] ?? '') === 'in' in condition;
}
