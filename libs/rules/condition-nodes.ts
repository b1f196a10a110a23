import { CATALOGUE } from './catalogue/index.js';
import type { FieldDefinition } from './fact-definition.js';
import type { ScalarOperator } from './operators.js';
import type { AuthoredCondition, AuthoredOperand, AuthoredPredicate, Condition, Operand } from './rule-format.js';

/** Where a node stands in its rule: `['conditions', 'all', 0]`. */
export type NodePath = readonly (string | number)[];

export const pointerOf = (path: NodePath): string => path.map((part) => `/${part}`).join('');

/** A comparison of a fact, of a field of a list's records, or of a sum, with the value on its right. */
export interface Comparison<Value = Operand> {
  readonly kind: 'comparison';
  readonly path: NodePath;
  readonly fact: string;
  /** The field of the list's records; null where the fact itself is compared. */
  readonly field: string | null;
  readonly summed: boolean;
  readonly operator: ScalarOperator;
  readonly value: Value;
}

interface Connective {
  readonly kind: 'all' | 'any';
  readonly path: NodePath;
  readonly parts: readonly unknown[];
}

interface Quantifier {
  readonly kind: 'some' | 'every';
  readonly path: NodePath;
}

export type ConditionNode<Value = Operand> = Comparison<Value> | Connective | Quantifier;
type AuthoredNodes = Generator<ConditionNode<AuthoredOperand>>;

/** Every node of a rule's conditions, outer ones first; those within list predicates too, but none that compares a table itself. */
export function nodesOf(condition: Condition, path?: NodePath): Generator<ConditionNode>;
export function nodesOf(condition: AuthoredCondition, path?: NodePath): AuthoredNodes;
export function* nodesOf(condition: AuthoredCondition, path: NodePath = ['conditions']): AuthoredNodes {
  if ('table' in condition) return;
  if ('all' in condition || 'any' in condition) {
    const [kind, parts] = 'all' in condition ? (['all', condition.all] as const) : (['any', condition.any] as const);
    yield { kind, path, parts };
    for (const [index, part] of parts.entries()) yield* nodesOf(part, [...path, kind, index]);
  } else if ('not' in condition) {
    yield* nodesOf(condition.not, [...path, 'not']);
  } else if (condition.operator === 'sum') {
    const { field, operator, value, where } = condition.value;
    const at = [...path, 'value'];
    yield { kind: 'comparison', path: at, fact: condition.fact, field, summed: true, operator, value };
    if (where !== undefined) yield* predicateNodes(where, condition.fact, [...at, 'where']);
  } else if (condition.operator === 'some' || condition.operator === 'every') {
    yield { kind: condition.operator, path };
    yield* predicateNodes(condition.value as AuthoredPredicate, condition.fact, [...path, 'value']);
  } else {
    const { fact, operator, value } = condition as { fact: string; operator: ScalarOperator; value: AuthoredOperand };
    yield { kind: 'comparison', path, fact, field: null, summed: false, operator, value };
  }
}

function* predicateNodes(predicate: AuthoredPredicate, fact: string, path: NodePath): AuthoredNodes {
  if ('table' in predicate) return;
  if ('all' in predicate || 'any' in predicate) {
    const [kind, parts] = 'all' in predicate ? (['all', predicate.all] as const) : (['any', predicate.any] as const);
    yield { kind, path, parts };
    for (const [index, part] of parts.entries()) yield* predicateNodes(part, fact, [...path, kind, index]);
  } else if ('not' in predicate) yield* predicateNodes(predicate.not, fact, [...path, 'not']);
  else {
    const { field, operator, value } = predicate;
    yield { kind: 'comparison', path, fact, field, summed: false, operator, value };
  }
}

/** What a comparison reads, as the catalogue has it; undefined where it has no such fact or field. */
export function definitionOf({ fact, field }: Pick<Comparison, 'fact' | 'field'>): FieldDefinition | undefined {
  const definition = CATALOGUE.get(fact);
  if (definition === undefined || definition.type !== 'list') return field === null ? definition : undefined;
  return field !== null && Object.hasOwn(definition.fields, field) ? definition.fields[field] : undefined;
}

/** The smallest step of a number: a fen, a case, a day, a month, a hundredth of a percent. Sums are of whole numbers only. */
export const stepOf = (definition: FieldDefinition, summed: boolean): number =>
  definition.type === 'number' && definition.unit === 'percent' && !summed ? 0.01 : 1;

/** A number so many steps away, without the noise of binary fractions. */
export const stepped = (value: number, step: number): number => Math.round((value + step) * 10_000) / 10_000;
