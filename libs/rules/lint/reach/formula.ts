import { and, not, or, type Truth } from '../../../domain/kleene.js';
import { CATALOGUE } from '../../catalogue/index.js';
import type { FieldDefinition } from '../../fact-definition.js';
import { type EngineScalar, UNKNOWN } from '../../fact-value.js';
import { compare } from '../../operators.js';
import { type ParameterSet, resolveOperand } from '../../parameters.js';
import type { Condition, Operand, RulePredicate } from '../../rule-format.js';

/** What may take any value of its domain: a fact, a field, a sum, or a leaf of which nothing closer is known. */
export interface Variable {
  readonly key: string;
  /** Null where the variable is the truth of a whole leaf. */
  readonly definition: FieldDefinition | null;
}

/** A condition with parameters put in, over variables. */
export type Formula =
  | { readonly all: readonly Formula[] }
  | { readonly any: readonly Formula[] }
  | { readonly not: Formula }
  | {
      readonly variable: Variable;
      readonly operator: string;
      readonly right: EngineScalar | readonly EngineScalar[] | Variable;
    };

export type Assignment = ReadonlyMap<string, EngineScalar>;

export const isVariable = (right: unknown): right is Variable =>
  typeof right === 'object' && right !== null && 'key' in right;

export function formulaOf(condition: Condition, parameters: ParameterSet): Formula {
  if ('all' in condition) return { all: condition.all.map((part) => formulaOf(part, parameters)) };
  if ('any' in condition) return { any: condition.any.map((part) => formulaOf(part, parameters)) };
  if ('not' in condition) return { not: formulaOf(condition.not, parameters) };
  const definition = CATALOGUE.get(condition.fact);
  if (condition.operator === 'sum' && definition?.type === 'list') {
    const { field, where, operator, value } = condition.value;
    const key = JSON.stringify([condition.fact, 'sum', field, where]);
    return comparison({ key, definition: definition.fields[field] ?? null }, operator, value, parameters);
  }
  if (definition === undefined || definition.type === 'list') return opaque(condition);
  const { operator, value } = condition as { operator: string; value: Operand };
  return comparison({ key: condition.fact, definition }, operator, value, parameters);
}

/** A condition over one record of a list: its variables are the record's fields. */
export function recordFormulaOf(
  predicate: RulePredicate,
  fields: Readonly<Record<string, FieldDefinition>>,
  parameters: ParameterSet,
): Formula {
  const of = (part: RulePredicate): Formula => recordFormulaOf(part, fields, parameters);
  if ('all' in predicate) return { all: predicate.all.map(of) };
  if ('any' in predicate) return { any: predicate.any.map(of) };
  if ('not' in predicate) return { not: of(predicate.not) };
  const definition = Object.hasOwn(fields, predicate.field) ? (fields[predicate.field] ?? null) : null;
  return comparison({ key: predicate.field, definition }, predicate.operator, predicate.value, parameters);
}

function comparison(variable: Variable, operator: string, value: Operand, parameters: ParameterSet): Formula {
  const resolved = resolveOperand(value, parameters);
  if (resolved === UNKNOWN || variable.definition === null) return opaque([variable.key, operator, value]);
  if (typeof resolved !== 'object' || !('fact' in resolved)) return { variable, operator, right: resolved };
  const other = CATALOGUE.get(resolved.fact);
  if (other === undefined || other.type === 'list') return opaque([variable.key, operator, value]);
  return { variable, operator, right: { key: resolved.fact, definition: other } };
}

/** A leaf that may be true or false, whatever else holds; the same leaf twice is one variable. */
const opaque = (leaf: unknown): Formula => ({
  variable: { key: JSON.stringify(leaf), definition: null },
  operator: 'equal',
  right: true,
});

/** Kleene's reading: a variable without a value is unknown. */
export function truthUnder(formula: Formula, values: Assignment): Truth {
  if ('all' in formula) return and(formula.all.map((part) => truthUnder(part, values)));
  if ('any' in formula) return or(formula.any.map((part) => truthUnder(part, values)));
  if ('not' in formula) return not(truthUnder(formula.not, values));
  const { variable, operator, right } = formula;
  const other = isVariable(right) ? (values.get(right.key) ?? UNKNOWN) : right;
  return compare(operator, values.get(variable.key) ?? UNKNOWN, other);
}
