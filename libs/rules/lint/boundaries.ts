import { caseParameters, type GivenCase } from '../cases.js';
import { CATALOGUE } from '../catalogue/index.js';
import { type Comparison, definitionOf, nodesOf, stepOf, stepped } from '../condition-nodes.js';
import type { FieldDefinition } from '../fact-definition.js';
import { admitScalar, UNKNOWN } from '../fact-value.js';
import { ORDER_OPERATORS } from '../operators.js';
import { type ParameterSet, resolveOperand } from '../parameters.js';
import type { Rule } from '../rule-format.js';
import type { LintCode } from './message.js';

const ORDERS: readonly string[] = ORDER_OPERATORS;
/** Operators whose answer changes between the threshold and what lies above it; the others, below it. */
const CHANGES_ABOVE: readonly string[] = ['greaterThan', 'lessThanInclusive'];

type Say = (path: string, code: LintCode, zh: string, en: string) => void;

/** For every order comparison with a number: a case at the threshold, and one a single step beyond it. */
export function lintBoundaries(
  rule: Rule,
  path: string,
  cases: readonly GivenCase[],
  parameters: ParameterSet,
  say: Say,
): void {
  const told = new Set<string>();
  const placed = cases.map((given) => ({ given, values: caseParameters(given, parameters) }));
  for (const node of nodesOf(rule.conditions)) {
    if (node.kind !== 'comparison' || !ORDERS.includes(node.operator)) continue;
    const definition = definitionOf(node);
    if (definition?.type !== 'number') continue;
    const now = thresholdOf(node, parameters);
    if (now === null) continue;
    for (const side of ['at', 'beyond'] as const) {
      const wanted = valueAt(node, definition, now, side);
      if (admitScalar(definition, wanted) === UNKNOWN) continue; // no fact can have it
      const met = placed.some(({ given, values }) => {
        const threshold = thresholdOf(node, values);
        return threshold !== null && readsOf(node, given).includes(valueAt(node, definition, threshold, side));
      });
      const what = node.field === null ? node.fact : `${node.fact} ${node.field}`;
      const where = `${what} ${wanted}`;
      if (!met && !told.has(where)) {
        told.add(where);
        say(
          path,
          'case.boundary',
          `${rule.id} 没有 ${what} 为 ${wanted} 的案例`,
          `${rule.id} has no case with ${what} at ${wanted}`,
        );
      }
    }
  }
}

function thresholdOf({ value }: Comparison, parameters: ParameterSet): number | null {
  const resolved = resolveOperand(value, parameters);
  return typeof resolved === 'number' ? resolved : null;
}

function valueAt(node: Comparison, definition: FieldDefinition, threshold: number, side: 'at' | 'beyond'): number {
  if (side === 'at') return threshold;
  const step = stepOf(definition, node.summed);
  return stepped(threshold, CHANGES_ABOVE.includes(node.operator) ? step : -step);
}

/** The numbers that a case gives to what a comparison reads; the sum of a field where it compares a sum. */
function readsOf({ fact, field, summed }: Comparison, { facts }: GivenCase): unknown[] {
  const value = Object.hasOwn(facts, fact) ? facts[fact] : undefined;
  if (field === null || CATALOGUE.get(fact)?.type !== 'list') return [value];
  const members = Array.isArray(value) ? value.map((record: Record<string, unknown> | null) => record?.[field]) : [];
  return summed ? sums(members) : members;
}

/** Every sum of members that stand beside each other: `where` may count some of them only. */
function sums(members: readonly unknown[]): number[] {
  const numbers = members.filter((one): one is number => typeof one === 'number');
  return numbers.flatMap((_, from) => numbers.slice(from).map((__, to) => add(numbers.slice(from, from + to + 1))));
}

const add = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
