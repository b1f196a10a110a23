import type { ScalarOperator } from '../operators.js';
import { type Axis, isStepped, placeOf, valueAt } from './axis.js';
import type { CompiledTable } from './compiled-table.js';
import { after, before, type Interval, intersect, type Region, regionOf, sameCut, sameRegion } from './region.js';
import type { OutputValue, TableInput } from './table-format.js';

type Constant = string | number | boolean;
/** Makes a leaf about what an input names. */
export type Subject<Node> = (
  input: TableInput,
) => (operator: ScalarOperator, value: Constant | Constant[] | { fact: string }) => Node;

/** No parameter has this name: what is compared with it is unknown. */
const ROW_MISSING = { fact: 'policy.rowMissingInTable' };

/** True, false, or what must still be compared. */
type Judged<Node> = Node | boolean;

/** A comparison with a table that the table, or the rest of the rule, settles whatever the facts are. */
export class SettledComparison extends Error {}

/** The values that the rest of an "all" leaves to an input. */
export type Left = (input: TableInput) => readonly Constant[] | undefined;

/**
 * "Some row fits, and its answer compares so" as one condition. Rows whose answer is settled and false are left out, and
 * so are rows and cells that what stands beside the comparison in an "all" settles; under `first`, a row counts where
 * none of the earlier rows that it meets fits. A block that no row fits is unknown. Throws SettledComparison.
 */
export function rowsAsCondition<Node>(
  { content, axes, rows, gaps }: CompiledTable,
  output: number,
  subject: Subject<Node>,
  judge: (answer: OutputValue) => Judged<Node>,
  left: Left = () => undefined,
): Node {
  const wholes = axes.map((axis, index) => leftOf(axis, content.inputs[index], left));
  const within = (regions: readonly Region[]) => regions.map((region, index) => intersect(region, wholes[index] ?? []));
  const possible = rows
    .map(({ regions, outputs }) => ({ regions: within(regions), answer: judge(outputs[output] ?? '') }))
    .filter(({ regions }) => isBlock(regions));
  const conditionOf = (regions: readonly Region[]): Node[] =>
    axes.flatMap((axis, index) => {
      const input = content.inputs[index];
      const region = regions[index] ?? [];
      return input === undefined || sameRegion(region, wholes[index] ?? [])
        ? []
        : [regionNode(axis, region, subject(input))];
    });
  const fitting = possible.flatMap(({ regions, answer }, place): Node[] => {
    if (answer === false) return [];
    const earlier = (content.hitPolicy === 'unique' ? [] : possible.slice(0, place))
      .filter((other) => !(answer === true && other.answer === true) && meets(other.regions, regions))
      .map((other) => conditionOf(other.regions));
    if (earlier.some((conditions) => conditions.length === 0)) return [];
    const none = earlier.map((conditions) => ({ not: allOf(conditions) }) as Node);
    return [allOf([...conditionOf(regions), ...none, ...(answer === true ? [] : [answer])])];
  });
  const [asked] = content.inputs;
  const missing = gaps.map(within).filter(isBlock);
  const unknown = missing.flatMap((box): Node[] =>
    asked === undefined ? [] : [allOf([...conditionOf(box), subject(asked)('equal', ROW_MISSING)])],
  );
  return anyOf([...fitting, ...unknown]);
}

const isBlock = (regions: readonly Region[]): boolean => regions.every((region) => region.length > 0);

function leftOf(axis: Axis, input: TableInput | undefined, left: Left): Region {
  const values = input === undefined ? undefined : left(input);
  if (values === undefined) return axis.whole;
  const places = values.map((value) => placeOf(axis, String(value)));
  return regionOf(
    places.flatMap((at) => {
      if (at === null) return [];
      return [{ from: before(at), to: isStepped(axis) ? before(at + 1) : after(at) }];
    }),
  );
}

const meets = (one: readonly Region[], other: readonly Region[]): boolean =>
  isBlock(one.map((region, index) => intersect(region, other[index] ?? [])));

function allOf<Node>(parts: readonly Node[]): Node {
  const [only] = parts;
  if (only === undefined) throw new SettledComparison('is always true');
  return parts.length === 1 ? only : ({ all: [...parts] } as Node);
}

function anyOf<Node>(parts: readonly Node[]): Node {
  const [only] = parts;
  if (only === undefined) throw new SettledComparison('is never true');
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
