import { type ParameterSet, parameterSet, resolveOperand } from '#libs/rules/parameters.js';
import type { Condition, Operand, Rule } from '#libs/rules/rule-format.js';
import type { BenchRule } from './bench-rules.js';

function constant(condition: Condition, parameters: ParameterSet): Condition {
  if ('all' in condition) return { all: condition.all.map((part) => constant(part, parameters)) };
  if ('any' in condition || 'not' in condition) throw new Error('bench: only all and comparisons are written out');
  return { ...condition, value: resolveOperand(condition.value as Operand, parameters) } as Condition;
}

/** Rules that each stand under boundaries of their own as rules of one engine, their boundaries put in. */
export const withConstants = (rules: readonly BenchRule[]): [Rule[], ParameterSet] => [
  rules.map(({ rule, parameters }) => ({ ...rule, conditions: constant(rule.conditions, parameters) })),
  parameterSet({}),
];
