import type { Bilingual } from '../../domain/text.js';
import { CATALOGUE } from '../catalogue/index.js';
import { operandJson } from '../evaluate.js';
import type { FactSource, ListFact } from '../fact-definition.js';
import { UNKNOWN, type UnknownCause } from '../fact-value.js';
import { resolveOperand } from '../parameters.js';
import { policyNames } from '../parameters-named.js';
import { CAUSES } from '../reason.js';
import type { ConditionLeaf, Operand, RulePredicate } from '../rule-format.js';
import { admittedFact, type Situation } from './situation.js';
import { inBoth, OPERATOR_WORDS, shownValue } from './words.js';

/** A fact or a parameter with what it was, where that came from and of which day. */
export interface ExplainedOperand {
  readonly name: string;
  readonly label: Bilingual;
  /** In JSON; `{ "unknown": cause }` where nothing is known. */
  readonly value: unknown;
  readonly shown: Bilingual;
  readonly source: FactSource;
  /** Null for a parameter, and where nothing is known. */
  readonly asOf: string | null;
  readonly unknown: UnknownCause | null;
}

export interface RightSide {
  /** What was compared with, in JSON: parameters put in. */
  readonly value: unknown;
  readonly shown: Bilingual;
  /** The facts and parameters that it was made of. */
  readonly named: readonly ExplainedOperand[];
}

export function explainedFact(name: string, situation: Situation): ExplainedOperand {
  const definition = CATALOGUE.get(name);
  const { value, cause } = admittedFact(situation, name);
  const gathered = Object.hasOwn(situation.facts, name) ? situation.facts[name] : undefined;
  const json = operandJson(value, cause ?? undefined);
  return {
    name,
    label: definition?.label ?? { zh: name, en: name },
    value: json,
    shown: cause === null ? shownValue(definition, json) : inBoth((language) => CAUSES[cause][language]),
    source: gathered?.source ?? definition?.source ?? 'application',
    asOf: cause === null && gathered !== undefined && 'asOf' in gathered ? gathered.asOf : null,
    unknown: cause,
  };
}

export function explainedParameter(name: string, { parameters }: Situation): ExplainedOperand {
  const definition = CATALOGUE.get(name);
  const value = resolveOperand({ fact: name }, parameters);
  const known = value !== UNKNOWN;
  return {
    name,
    label: definition?.label ?? { zh: name, en: name },
    value: operandJson(value, 'expired'),
    shown: known ? shownValue(definition, value) : CAUSES.expired,
    source: 'policy',
    asOf: null,
    unknown: known ? null : 'expired',
  };
}

export function explainedRight(leaf: ConditionLeaf, right: unknown, situation: Situation): RightSide {
  const definition = CATALOGUE.get(leaf.fact);
  const named = policyNames(leaf.value).map((name) => explainedParameter(name, situation));
  const other = typeof leaf.value === 'object' && 'fact' in leaf.value ? leaf.value.fact : null;
  if (other !== null && !other.startsWith('policy.')) named.push(explainedFact(other, situation));
  const json = operandJson(right, 'expired');
  if (definition?.type !== 'list') return { value: json, shown: shownValue(definition, json), named };
  return { value: json, shown: shownListCondition(leaf, definition, situation), named };
}

function shownListCondition(leaf: ConditionLeaf, { fields }: ListFact, situation: Situation): Bilingual {
  if (leaf.operator !== 'sum') return shownPredicate(leaf.value as RulePredicate, fields, situation);
  const { field, where, operator, value } = leaf.value;
  const compared = shownOperand(value, fields[field], situation);
  const filter = where === undefined ? null : shownPredicate(where, fields, situation);
  return inBoth((language) =>
    [field, filter === null ? '' : `[${filter[language]}]`, OPERATOR_WORDS[operator]?.[language], compared[language]]
      .filter((part) => part !== '')
      .join(' '),
  );
}

const shownOperand = (value: Operand, field: ListFact['fields'][string] | undefined, { parameters }: Situation) =>
  shownValue(field, operandJson(resolveOperand(value, parameters), 'expired'));

function shownPredicate(predicate: RulePredicate, fields: ListFact['fields'], situation: Situation): Bilingual {
  const joined = (parts: readonly RulePredicate[], zh: string, en: string) => {
    const shown = parts.map((part) => shownPredicate(part, fields, situation));
    return inBoth((language) => `(${shown.map((one) => one[language]).join(language === 'zh' ? zh : en)})`);
  };
  if ('all' in predicate) return joined(predicate.all, '且', ' and ');
  if ('any' in predicate) return joined(predicate.any, '或', ' or ');
  if ('not' in predicate) {
    const inner = shownPredicate(predicate.not, fields, situation);
    return { zh: `非${inner.zh}`, en: `not ${inner.en}` };
  }
  const compared = shownOperand(predicate.value, fields[predicate.field], situation);
  return inBoth(
    (language) => `${predicate.field} ${OPERATOR_WORDS[predicate.operator]?.[language]} ${compared[language]}`,
  );
}
