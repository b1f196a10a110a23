import type { CivilDate } from '../../domain/civil-date.js';
import type { Catalogue, FactDefinition, FieldDefinition } from '../fact-definition.js';
import type { Condition, Rule } from '../rule-format.js';

/**
 * A second, deliberately simple reading of the rule language, to hold the live path and the SQL against. It shares no
 * code with them. Undefined is unknown; parameters are looked up where they stand.
 */
type Said = boolean | undefined;
type Values = Readonly<Record<string, unknown>>;

const all = (parts: Said[]): Said =>
  parts.some((one) => one === false) ? false : parts.every((one) => one === true) ? true : undefined;
const any = (parts: Said[]): Said =>
  parts.some((one) => one === true) ? true : parts.every((one) => one === false) ? false : undefined;
const no = (part: Said): Said => (part === undefined ? undefined : !part);

function comparison(operator: string, left: unknown, right: unknown): Said {
  if (operator === 'in' || operator === 'notIn') {
    if (!Array.isArray(right)) return undefined;
    const found = any(right.map((one) => comparison('equal', left, one)));
    return operator === 'in' ? found : no(found);
  }
  if (!['number', 'string', 'boolean'].includes(typeof left) || typeof left !== typeof right) return undefined;
  if (typeof left === 'number' && (Number.isNaN(left) || Number.isNaN(right))) return undefined;
  if (operator === 'equal') return left === right;
  if (operator === 'notEqual') return left !== right;
  if (typeof left === 'boolean') return undefined;
  const [a, b] = [left as number, right as number];
  return { greaterThan: a > b, greaterThanInclusive: a >= b, lessThan: a < b, lessThanInclusive: a <= b }[operator];
}

function operandOf(value: unknown, facts: Values, parameters: Values): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { fact, percentOf, percent } = value as {
    fact?: string;
    percentOf?: { fact: string };
    percent?: { fact: string };
  };
  if (fact !== undefined) return fact.startsWith('policy.') ? parameters[fact] : facts[fact];
  const [whole, share] = [parameters[percentOf?.fact ?? ''], parameters[percent?.fact ?? '']];
  if (typeof whole !== 'number' || typeof share !== 'number') return undefined;
  return Math.floor((whole * Math.round(share * 10_000)) / 1_000_000);
}

function overRecord(where: unknown, record: Values, parameters: Values): Said {
  const node = where as {
    all?: unknown[];
    any?: unknown[];
    not?: unknown;
    field: string;
    operator: string;
    value: unknown;
  };
  if (node.all) return all(node.all.map((part) => overRecord(part, record, parameters)));
  if (node.any) return any(node.any.map((part) => overRecord(part, record, parameters)));
  if (node.not) return no(overRecord(node.not, record, parameters));
  return comparison(node.operator, record[node.field], operandOf(node.value, {}, parameters));
}

function overList(operator: string, records: unknown, value: unknown, parameters: Values): Said {
  if (!Array.isArray(records)) return undefined;
  if (operator === 'some') return any(records.map((record) => overRecord(value, record as Values, parameters)));
  if (operator === 'every') return all(records.map((record) => overRecord(value, record as Values, parameters)));
  const sum = value as { field: string; where?: unknown; operator: string; value: unknown };
  const counted = records.map((record) => ({
    amount: (record as Values)[sum.field],
    said: sum.where === undefined ? true : overRecord(sum.where, record as Values, parameters),
  }));
  if (counted.some(({ said, amount }) => said === undefined || (said && typeof amount !== 'number'))) return undefined;
  const total = counted.reduce((so, { said, amount }) => so + (said === true ? (amount as number) : 0), 0);
  return Number.isSafeInteger(total)
    ? comparison(sum.operator, total, operandOf(sum.value, {}, parameters))
    : undefined;
}

/** What a condition says over values as `naiveValues` gives them. */
export function naiveAnswer(condition: Condition, facts: Values, parameters: Values = {}): Said {
  if ('all' in condition) return all(condition.all.map((part) => naiveAnswer(part, facts, parameters)));
  if ('any' in condition) return any(condition.any.map((part) => naiveAnswer(part, facts, parameters)));
  if ('not' in condition) return no(naiveAnswer(condition.not, facts, parameters));
  const { fact, operator, value } = condition;
  if (['some', 'every', 'sum'].includes(operator)) return overList(operator, facts[fact], value, parameters);
  return comparison(operator, facts[fact], operandOf(value, facts, parameters));
}

function naiveScalar(definition: FieldDefinition, value: unknown): unknown {
  if (definition.type === 'boolean') return typeof value === 'boolean' ? value : undefined;
  if (definition.type === 'text') return definition.values.find((one) => one === value);
  if (definition.type === 'date') {
    if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value) || value < '1800') return undefined;
    const day = new Date(`${value}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value) ? value : undefined;
  }
  if (definition.mayBeNever && (value as { never?: unknown } | null)?.never === true) return Number.POSITIVE_INFINITY;
  if (typeof value !== 'number' || !(value >= 0 && value < Number.POSITIVE_INFINITY)) return undefined;
  return definition.unit === 'percent' || Number.isSafeInteger(value) ? value : undefined;
}

function naiveFact(definition: FactDefinition, gathered: unknown, on: CivilDate): unknown {
  if (typeof gathered !== 'object' || gathered === null || 'unknown' in gathered) return undefined;
  const { value, asOf } = gathered as { value?: unknown; asOf?: unknown };
  if (definition.maxAgeDays !== undefined) {
    const age = (Date.parse(on) - Date.parse(String(asOf))) / 86_400_000;
    if (!(age <= definition.maxAgeDays)) return undefined;
  }
  if (definition.type !== 'list') return naiveScalar(definition, value);
  if (!Array.isArray(value)) return undefined;
  return value.map((member) =>
    Object.fromEntries(
      Object.entries(definition.fields).map(([name, field]) => [
        name,
        naiveScalar(field, (member as Values | null)?.[name]),
      ]),
    ),
  );
}

/** Gathered facts as plain values; what is malformed, stale or not there is undefined. */
export const naiveValues = (catalogue: Catalogue, facts: Values, on: CivilDate): Values =>
  Object.fromEntries([...catalogue].map(([name, definition]) => [name, naiveFact(definition, facts[name], on)]));

/** Whether an exception of the rule is granted. */
export const naiveException = ({ exceptions = [] }: Rule, facts: Values): boolean =>
  exceptions.some(({ clause, needs }) => {
    const papers = facts['application.exceptionPapers'];
    const given = Array.isArray(papers) ? papers.map((paper) => (paper as Values)['name']) : [];
    return facts['application.exceptionClause'] === clause && needs.every((paper) => given.includes(paper));
  });
