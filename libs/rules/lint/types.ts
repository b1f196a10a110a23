import { CATALOGUE, isPolicyFact } from '../catalogue/index.js';
import type { FactDefinition, FieldDefinition } from '../fact-definition.js';
import { EQUALITY_OPERATORS, LIST_OPERATORS, MEMBERSHIP_OPERATORS, ORDER_OPERATORS } from '../operators.js';
import type {
  AuthoredCondition as Condition,
  AuthoredLeaf as ConditionLeaf,
  AuthoredOperand as Operand,
  AuthoredPredicate as RulePredicate,
} from '../rule-format.js';
import type { Report } from './message.js';

export const OPERATORS_OF: Readonly<Record<FactDefinition['type'], readonly string[]>> = {
  number: [...ORDER_OPERATORS, ...EQUALITY_OPERATORS, ...MEMBERSHIP_OPERATORS],
  date: [...ORDER_OPERATORS, ...EQUALITY_OPERATORS],
  text: [...EQUALITY_OPERATORS, ...MEMBERSHIP_OPERATORS],
  boolean: EQUALITY_OPERATORS,
  list: LIST_OPERATORS,
};

/** Checks conditions against the catalogue: facts, fields, operators, values, units. `lintTables` looks at what names a table. */
export function lintTypes(condition: Condition, path: string, report: Report): void {
  if ('all' in condition) condition.all.forEach((part, index) => void lintTypes(part, `${path}/all/${index}`, report));
  else if ('any' in condition)
    condition.any.forEach((part, index) => void lintTypes(part, `${path}/any/${index}`, report));
  else if ('not' in condition) lintTypes(condition.not, `${path}/not`, report);
  else if (!('table' in condition)) lintLeaf(condition, path, report);
}

function lintLeaf(leaf: ConditionLeaf, path: string, report: Report): void {
  const definition = CATALOGUE.get(leaf.fact);
  if (definition === undefined || isPolicyFact(leaf.fact)) {
    report(`${path}/fact`, 'rule.unknown-fact', `没有事实 ${leaf.fact}`, `there is no fact ${leaf.fact}`);
    return;
  }
  if (!OPERATORS_OF[definition.type].includes(leaf.operator)) {
    report(
      `${path}/operator`,
      'rule.operator',
      `${leaf.operator} 不适用于该类型`,
      `${leaf.operator} does not take a ${definition.type}`,
    );
    return;
  }
  if (definition.type !== 'list') lintOperand(definition, leaf.value as Operand, `${path}/value`, report);
  else if (leaf.operator === 'sum') {
    lintField(definition.fields, leaf.value.field, 'sum', leaf.value.value, `${path}/value`, report);
    if (leaf.value.where) lintPredicate(definition.fields, leaf.value.where, `${path}/value/where`, report);
  } else lintPredicate(definition.fields, leaf.value as RulePredicate, `${path}/value`, report);
}

type Fields = Readonly<Record<string, FieldDefinition>>;

function lintPredicate(fields: Fields, predicate: RulePredicate, path: string, report: Report): void {
  if ('all' in predicate)
    predicate.all.forEach((part, index) => void lintPredicate(fields, part, `${path}/all/${index}`, report));
  else if ('any' in predicate)
    predicate.any.forEach((part, index) => void lintPredicate(fields, part, `${path}/any/${index}`, report));
  else if ('not' in predicate) lintPredicate(fields, predicate.not, `${path}/not`, report);
  else if (!('table' in predicate))
    lintField(fields, predicate.field, predicate.operator, predicate.value, path, report);
}

function lintField(fields: Fields, name: string, operator: string, value: Operand, path: string, report: Report): void {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field === undefined) {
    report(`${path}/field`, 'rule.unknown-field', `名单中没有字段 ${name}`, `the list has no field ${name}`);
    return;
  }
  if (operator === 'sum' ? field.type !== 'number' : !OPERATORS_OF[field.type].includes(operator)) {
    report(
      `${path}/operator`,
      'rule.operator',
      `${operator} 不适用于该字段`,
      `${operator} does not take a ${field.type}`,
    );
  }
  lintOperand(field, value, `${path}/value`, report);
}

export const JSON_TYPE = { number: 'number', text: 'string', boolean: 'boolean', date: 'string' } as const;

function lintOperand(definition: FieldDefinition, operand: Operand, path: string, report: Report): void {
  if (Array.isArray(operand)) {
    operand.forEach((member, index) => void lintOperand(definition, member, `${path}/${index}`, report));
  } else if (typeof operand === 'object') {
    if ('table' in operand) return; // lintTables looks at what names a table
    const names = 'fact' in operand ? [operand.fact] : [operand.percentOf.fact];
    for (const name of names) lintReference(definition, name, path, report);
    if ('percentOf' in operand && !(isPolicyFact(operand.percentOf.fact) && isPolicyFact(operand.percent.fact))) {
      report(path, 'rule.portion', '比例两边须为政策参数', 'a portion is of one parameter by another');
    }
  } else if (typeof operand !== JSON_TYPE[definition.type]) {
    report(
      path,
      'rule.value-type',
      '比较值的类型不对',
      `the value is a ${typeof operand}, the fact a ${definition.type}`,
    );
  } else if (definition.type === 'text' && !definition.values.includes(operand as string)) {
    report(path, 'rule.value-unknown', `没有取值 ${operand}`, `${operand} is none of ${definition.values.join(', ')}`);
  }
}

function lintReference(definition: FieldDefinition, name: string, path: string, report: Report): void {
  const other = CATALOGUE.get(name);
  if (other === undefined) report(path, 'rule.unknown-fact', `没有事实 ${name}`, `there is no fact ${name}`);
  else if (other.type !== definition.type) {
    report(path, 'rule.value-type', '两边类型不同', `compares a ${definition.type} with a ${other.type}`);
  } else if (definition.type === 'number' && other.type === 'number' && definition.unit !== other.unit) {
    report(
      path,
      'rule.unit',
      `单位不同：${definition.unit} 与 ${other.unit}`,
      `compares ${definition.unit} with ${other.unit}`,
    );
  }
}
