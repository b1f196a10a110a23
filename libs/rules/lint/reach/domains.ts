import { addDays, type CivilDate } from '../../../domain/civil-date.js';
import { stepped } from '../../condition-nodes.js';
import type { FieldDefinition } from '../../fact-definition.js';
import { admitScalar, type EngineScalar, NEVER, UNKNOWN } from '../../fact-value.js';
import { type Formula, isVariable, type Variable } from './formula.js';

export type Domains = ReadonlyMap<string, readonly EngineScalar[]>;

const SOME_DAY = '2026-01-01';

/**
 * For each variable the values that stand for all that it may have: what it is compared with, and what lies beside and
 * between. Two values that no comparison tells apart need not both be tried.
 */
export function domainsOf(formula: Formula): Domains {
  const variables = new Map<string, Variable>();
  const constants = new Map<string, EngineScalar[]>();
  let linked = false;
  const visit = (part: Formula): void => {
    if ('all' in part) for (const one of part.all) visit(one);
    else if ('any' in part) for (const one of part.any) visit(one);
    else if ('not' in part) visit(part.not);
    else {
      const { variable, right } = part;
      variables.set(variable.key, variable);
      if (isVariable(right)) {
        variables.set(right.key, right);
        linked = true;
      } else
        constants.set(variable.key, [...(constants.get(variable.key) ?? []), ...([right].flat() as EngineScalar[])]);
    }
  };
  visit(formula);
  const every = [...constants.values()].flat(); // where facts are compared with each other, each meets the limits of all
  return new Map(
    [...variables.values()].map(({ key, definition }) => [
      key,
      definition === null
        ? [true, false]
        : valuesOf(definition, linked ? every : (constants.get(key) ?? []), linked ? variables.size : 0),
    ]),
  );
}

function valuesOf(definition: FieldDefinition, constants: readonly EngineScalar[], variables: number): EngineScalar[] {
  switch (definition.type) {
    case 'boolean':
      return [true, false];
    case 'text':
      return [...definition.values];
    case 'date': {
      const dates = constants.filter((one) => admitScalar(definition, one) !== UNKNOWN) as CivilDate[];
      const known = [...dates, SOME_DAY as CivilDate];
      return [...new Set(known.flatMap((date) => [addDays(date, -1), date, addDays(date, 1)]))];
    }
    case 'number': {
      const numbers = constants.filter((one): one is number => typeof one === 'number').sort((a, b) => a - b);
      const first = Array.from({ length: variables + 2 }, (_, index) => index);
      const near = numbers.flatMap((one, index) => [
        stepped(one, -1),
        Math.floor(one),
        one,
        Math.ceil(one),
        stepped(one, 1),
        ((numbers[index - 1] ?? 0) + one) / 2, // between two limits of percent
      ]);
      const admitted = [...new Set([...near, ...first])].filter((one) => admitScalar(definition, one) !== UNKNOWN);
      return definition.mayBeNever === true ? [...admitted, NEVER] : admitted;
    }
  }
}
