import type { ScalarOperator } from '../operators.js';
import { type Axis, isStepped, valueAt } from './axis.js';
import type { CompiledTable, TableRow } from './compile-table.js';
import { type Interval, intersect, type Region, sameCut, sameRegion } from './region.js';
import type { OutputValue, TableInput } from './table-format.js';

type Constant = string | number | boolean;
/** Makes a leaf about what an input names. */
export type Subject<Node> = (input: TableInput) => (operator: ScalarOperator, value: Constant | Constant[]) => Node;

/** True, false, or what must still be compared. */
type Judged<Node> = Node | boolean;

/**
 * "Some row fits, and its answer compares so" as one condition. Rows whose answer is settled and false are left out;
 * under `first`, a row counts where none of the earlier rows that it meets fits.
 */
export function rowsAsCondition<Node>(
  { content, axes, rows }: CompiledTable,
  output: number,
  subject: Subject<Node>,
  judge: (answer: OutputValue) => Judged<Node>,
): Node {
  const conditionOf = ({ regions }: TableRow): Node[] =>
    axes.flatMap((axis, index) => {
      const input = content.inputs[index];
      const region = regions[index] ?? [];
      return input === undefined || sameRegion(region, axis.whole) ? [] : [regionNode(axis, region, subject(input))];
    });
  const judged = rows.map(({ outputs }) => judge(outputs[output] ?? ''));
  const fitting = rows.flatMap((row, index): Node[] => {
    const answer = judged[index];
    if (answer === false || answer === undefined) return [];
    const earlier =
      content.hitPolicy === 'unique'
        ? []
        : rows.slice(0, index).flatMap((other, place): Node[] => {
            const bothHold = answer === true && judged[place] === true;
            return bothHold || !meets(other, row) ? [] : [{ not: allOf(conditionOf(other)) } as Node];
          });
    return [allOf([...conditionOf(row), ...earlier, ...(answer === true ? [] : [answer])])];
  });
  return anyOf(fitting);
}

const meets = (one: TableRow, other: TableRow): boolean =>
  one.regions.every((region, index) => intersect(region, other.regions[index] ?? []).length > 0);

/** Throws where there is nothing to join: a rule whose table leaf is always or never true does not load. */
function allOf<Node>(parts: readonly Node[]): Node {
  const [only] = parts;
  if (only === undefined) throw new Error('a comparison with a table asks nothing');
  return parts.length === 1 ? only : ({ all: [...parts] } as Node);
}

function anyOf<Node>(parts: readonly Node[]): Node {
  const [only] = parts;
  if (only === undefined) throw new Error('a comparison with a table is never true');
  return parts.length === 1 ? only : ({ any: [...parts] } as Node);
}

type Compare<Node> = (operator: ScalarOperator, value: Constant | Constant[]) => Node;

function regionNode<Node>(axis: Axis, region: Region, compare: Compare<Node>): Node {
  const { type } = axis.definition;
  if (type === 'text' || type === 'boolean') {
    const values = region.flatMap(({ from, to }) =>
      Array.from({ length: to.at - from.at }, (_, offset) => valueAt(axis, from.at + offset)),
    );
    const [only] = values;
    return values.length === 1 && only !== undefined ? compare('equal', only) : compare('in', values);
  }
  return anyOf(region.map((interval) => allOf(intervalNodes(axis, interval, compare))));
}

/** Bounds of an interval; the ends of the axis bind nothing. Up to and including a day, but below a number. */
function intervalNodes<Node>(axis: Axis, { from, to }: Interval, compare: Compare<Node>): Node[] {
  const [whole] = axis.whole;
  const last = isStepped(axis) ? to.at - 1 : to.at;
  if (from.at === last && !from.after && (isStepped(axis) || to.after)) return [compare('equal', valueAt(axis, last))];
  const nodes: Node[] = [];
  if (whole === undefined || !sameCut(from, whole.from))
    nodes.push(compare(from.after ? 'greaterThan' : 'greaterThanInclusive', valueAt(axis, from.at)));
  if (whole === undefined || !sameCut(to, whole.to)) {
    if (axis.definition.type === 'date') nodes.push(compare('lessThanInclusive', valueAt(axis, last)));
    else nodes.push(compare(to.after ? 'lessThanInclusive' : 'lessThan', valueAt(axis, to.at)));
  }
  return nodes;
}
