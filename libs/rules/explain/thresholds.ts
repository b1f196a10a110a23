import { CATALOGUE } from '../catalogue/index.js';
import type { EngineRecord } from '../fact-value.js';
import { type RecordPredicate, type SumComparison, totalOf } from '../operators.js';
import { resolveOperand } from '../parameters.js';
import type { Condition, ConditionLeaf, Operand, Rule, RulePredicate } from '../rule-format.js';
import { factorFor } from './number-line.js';
import { admittedFact, type Situation, sidesOf } from './situation.js';

/** What a fact or a parameter is compared with, wherever the rules compare it: there and beside it an answer can turn. */
export const thresholdsOf = (name: string, rules: readonly Rule[], situation: Situation): readonly unknown[] =>
  rules.flatMap(({ conditions }) => leavesOf(conditions).flatMap((leaf) => ofLeaf(name, leaf, situation)));

function leavesOf(condition: Condition): ConditionLeaf[] {
  if ('all' in condition) return condition.all.flatMap(leavesOf);
  if ('any' in condition) return condition.any.flatMap(leavesOf);
  return 'not' in condition ? leavesOf(condition.not) : [condition];
}

function ofLeaf(name: string, leaf: ConditionLeaf, situation: Situation): unknown[] {
  if (CATALOGUE.get(leaf.fact)?.type === 'list') return ofListLeaf(name, leaf, situation);
  const { left, right } = sidesOf(leaf, situation);
  const onTheLeft = leaf.fact === name ? [right].flat() : [];
  return [...onTheLeft, ...within(name, leaf.value as Operand, [left], situation)];
}

/** Where the operand names `name`: the values that would make both sides meet. */
function within(name: string, operand: Operand, others: readonly unknown[], { parameters }: Situation): unknown[] {
  if (typeof operand !== 'object' || Array.isArray(operand)) return [];
  if ('fact' in operand) return operand.fact === name ? [...others] : [];
  const numbers = others.filter((one): one is number => typeof one === 'number' && Number.isFinite(one));
  const factor = operand.percentOf.fact === name ? operand.percent.fact : operand.percentOf.fact;
  if (operand.percentOf.fact !== name && operand.percent.fact !== name) return [];
  const known = resolveOperand({ fact: factor }, parameters);
  if (typeof known !== 'number') return [];
  return numbers.flatMap((part) => [factorFor(part, known), factorFor(part + 1, known)]);
}

/** A parameter that a condition over records names meets the fields of those records, or their sum. */
function ofListLeaf(name: string, leaf: ConditionLeaf, situation: Situation): unknown[] {
  const records = admittedFact(situation, leaf.fact).value as readonly EngineRecord[];
  if (!Array.isArray(records)) return [];
  const read = (field: string) => records.map((record) => record[field]);
  const ofPredicate = (predicate: RulePredicate): unknown[] => {
    if ('all' in predicate) return predicate.all.flatMap(ofPredicate);
    if ('any' in predicate) return predicate.any.flatMap(ofPredicate);
    if ('not' in predicate) return ofPredicate(predicate.not);
    return within(name, predicate.value, read(predicate.field), situation);
  };
  if (leaf.operator !== 'sum') return ofPredicate(leaf.value as RulePredicate);
  const { where, value } = leaf.value;
  const sum = sidesOf(leaf, situation).right as SumComparison;
  return [
    ...within(name, value, [totalOf(records, sum)], situation),
    ...(where === undefined ? [] : ofPredicate(where)),
  ];
}

/** What a field of one record of a list is compared with: there and beside it, or where it would bring a sum there. */
export const fieldThresholds = (
  name: string,
  index: number,
  field: string,
  rules: readonly Rule[],
  situation: Situation,
): readonly unknown[] =>
  rules
    .flatMap(({ conditions }) => leavesOf(conditions).filter((leaf) => leaf.fact === name))
    .flatMap((leaf) => {
      const { left, right } = sidesOf(leaf, situation);
      if (leaf.operator !== 'sum') return ofField(field, right as RecordPredicate);
      const sum = right as SumComparison;
      const others = (left as readonly EngineRecord[]).filter((_, other) => other !== index);
      const rest = sum.field === field ? totalOf(others, sum) : null;
      const reached = rest === null || typeof sum.value !== 'number' ? [] : [sum.value - rest];
      return [...reached, ...(sum.where === undefined ? [] : ofField(field, sum.where))];
    });

function ofField(field: string, predicate: RecordPredicate): unknown[] {
  if ('all' in predicate) return predicate.all.flatMap((part) => ofField(field, part));
  if ('any' in predicate) return predicate.any.flatMap((part) => ofField(field, part));
  if ('not' in predicate) return ofField(field, predicate.not);
  return predicate.field === field ? [predicate.value].flat() : [];
}
