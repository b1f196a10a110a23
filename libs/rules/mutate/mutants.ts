import type { Bilingual } from '../../domain/text.js';
import {
  type Comparison,
  type ConditionNode,
  definitionOf,
  type NodePath,
  nodesOf,
  stepOf,
  stepped,
} from '../condition-nodes.js';
import { EQUALITY_OPERATORS, MEMBERSHIP_OPERATORS, ORDER_OPERATORS } from '../operators.js';
import { type ParameterSet, resolveOperand } from '../parameters.js';
import type { Rule } from '../rule-format.js';
import { changedAt } from './changed-at.js';

export type MutantKind = 'operator' | 'drop' | 'boundary' | 'negate' | 'member' | 'value' | 'scope' | 'exception';

/** One small change of a rule that its cases must notice. */
export interface Mutant {
  readonly kind: MutantKind;
  readonly path: NodePath;
  readonly text: Bilingual;
  /** The changed rule. A threshold moves from where the parameters of the case put it. */
  make(parameters: ParameterSet): Rule;
}

/** Every mutant of a rule. */
export function mutantsOf(rule: Rule): Mutant[] {
  return [
    mutant('negate', rule, ['conditions'], { zh: '整条取反', en: 'the whole is negated' }, (whole) => ({ not: whole })),
    ...[...nodesOf(rule.conditions)].flatMap((node) => nodeMutants(rule, node)),
    ...scopeMutants(rule),
    ...exceptionMutants(rule),
  ];
}

function mutant(
  kind: MutantKind,
  rule: Rule,
  path: NodePath,
  text: Bilingual,
  change: (node: never, parameters: ParameterSet) => unknown,
): Mutant {
  return {
    kind,
    path,
    text,
    make: (parameters) => changedAt(rule, path, (node) => change(node as never, parameters)),
  };
}

const becomes = (from: string, to: string): Bilingual => ({ zh: `${from} 改为 ${to}`, en: `${from} becomes ${to}` });

function nodeMutants(rule: Rule, node: ConditionNode): Mutant[] {
  switch (node.kind) {
    case 'comparison':
      return [
        ...operatorMutants(rule, node),
        ...boundaryMutants(rule, node),
        ...memberMutants(rule, node),
        ...valueMutants(rule, node),
      ];
    case 'some':
    case 'every': {
      const other = node.kind === 'some' ? 'every' : 'some';
      return [mutant('operator', rule, [...node.path, 'operator'], becomes(node.kind, other), () => other)];
    }
    case 'all':
    case 'any': {
      if (node.parts.length < 2) return [];
      const other = node.kind === 'all' ? 'any' : 'all';
      return [
        mutant('operator', rule, node.path, becomes(node.kind, other), () => ({ [other]: node.parts })),
        ...node.parts.map((_, index) =>
          mutant(
            'drop',
            rule,
            [...node.path, node.kind],
            { zh: `去掉 ${node.kind} 的第 ${index + 1} 项`, en: `part ${index + 1} of ${node.kind} is dropped` },
            (parts: readonly unknown[]) => parts.filter((__, at) => at !== index),
          ),
        ),
      ];
    }
  }
}

function operatorMutants(rule: Rule, { operator, path }: Comparison): Mutant[] {
  const family = [ORDER_OPERATORS, EQUALITY_OPERATORS, MEMBERSHIP_OPERATORS].find((one) =>
    (one as readonly string[]).includes(operator),
  );
  return (family ?? [])
    .filter((other) => other !== operator)
    .map((other) => mutant('operator', rule, [...path, 'operator'], becomes(operator, other), () => other));
}

/** Order comparisons of numbers: the threshold one step up and one step down. */
function boundaryMutants(rule: Rule, node: Comparison): Mutant[] {
  const definition = definitionOf(node);
  if (definition?.type !== 'number' || !(ORDER_OPERATORS as readonly string[]).includes(node.operator)) return [];
  if (typeof node.value === 'object' && 'fact' in node.value && !node.value.fact.startsWith('policy.')) return [];
  const step = stepOf(definition, node.summed);
  return [step, -step].map((by) =>
    mutant(
      'boundary',
      rule,
      [...node.path, 'value'],
      by > 0
        ? { zh: `界限提高 ${step}`, en: `the threshold is ${step} higher` }
        : { zh: `界限降低 ${step}`, en: `the threshold is ${step} lower` },
      (value: Comparison['value'], parameters) => {
        const threshold = resolveOperand(value, parameters);
        return typeof threshold === 'number' ? stepped(threshold, by) : value;
      },
    ),
  );
}

/** A list with a member less, and of texts with one more of the values that the fact may have. */
function memberMutants(rule: Rule, node: Comparison): Mutant[] {
  const { value, path } = node;
  if (!Array.isArray(value)) return [];
  const at = [...path, 'value'];
  const definition = definitionOf(node);
  const others = definition?.type === 'text' ? definition.values.filter((one) => !value.includes(one)) : [];
  const added = others.map((other) => {
    const text = { zh: `增加取值 ${other}`, en: `${other} is added to the list` };
    return mutant('member', rule, at, text, (members: readonly unknown[]) => [...members, other]);
  });
  if (value.length < 2) return added;
  const dropped = value.map((member, index) => {
    const text = { zh: `去掉取值 ${member}`, en: `${member} is left out of the list` };
    return mutant('member', rule, at, text, (members: readonly unknown[]) =>
      members.filter((_, place) => place !== index),
    );
  });
  return [...dropped, ...added];
}

/** A text compared with another of the values that the fact may have. */
function valueMutants(rule: Rule, node: Comparison): Mutant[] {
  const definition = definitionOf(node);
  if (definition?.type !== 'text' || typeof node.value !== 'string') return [];
  const { value, path } = node;
  return definition.values
    .filter((other) => other !== value)
    .map((other) => mutant('value', rule, [...path, 'value'], becomes(value, other), () => other));
}

/** A rule for some categories that would be asked of every category. */
function scopeMutants(rule: Rule): Mutant[] {
  if (rule.appliesTo.categories === undefined) return [];
  const text = { zh: '适用于所有类别', en: 'it applies to every category' };
  return [mutant('scope', rule, ['appliesTo'], text, () => ({ products: rule.appliesTo.products }))];
}

/** Exceptions that would not be granted, or be granted with a paper less. */
function exceptionMutants(rule: Rule): Mutant[] {
  return (rule.exceptions ?? []).flatMap(({ clause, needs }, index) => [
    mutant(
      'exception',
      rule,
      ['exceptions'],
      { zh: `去掉例外 ${clause}`, en: `the exception ${clause} is gone` },
      (all: readonly unknown[]) => all.filter((_, at) => at !== index),
    ),
    ...needs.map((paper) =>
      mutant(
        'exception',
        rule,
        ['exceptions', index, 'needs'],
        { zh: `例外不要求 ${paper}`, en: `the exception does without ${paper}` },
        (papers: readonly string[]) => papers.filter((one) => one !== paper),
      ),
    ),
  ]);
}
