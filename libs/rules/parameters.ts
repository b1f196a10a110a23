import type { CivilDate } from '../domain/civil-date.js';
import { CATALOGUE, isPolicyFact } from './catalogue/index.js';
import { contentHash } from './content-hash.js';
import { admitScalar, type EngineScalar, UNKNOWN } from './fact-value.js';
import type { Operand, Parameter } from './rule-format.js';

/** The parameter values in force on one business day, addressed by content. */
export interface ParameterSet {
  readonly hash: string;
  readonly values: Readonly<Record<string, number | string | boolean>>;
}

/** Those of `parameters` that are in force on `on`. One that is missing or expired is simply not there. */
export function parametersInForce(parameters: readonly Parameter[], on: CivilDate): ParameterSet {
  const values: Record<string, number | string | boolean> = {};
  for (const parameter of parameters) {
    if (parameter.from <= on && (parameter.to === null || parameter.to >= on)) values[parameter.key] = parameter.value;
  }
  return parameterSet(values);
}

export const parameterSet = (values: Readonly<Record<string, number | string | boolean>>): ParameterSet => ({
  hash: contentHash(values),
  values,
});

export function parameterValue(set: ParameterSet, name: string): EngineScalar {
  const definition = CATALOGUE.get(name);
  if (definition === undefined || definition.type === 'list' || !Object.hasOwn(set.values, name)) return UNKNOWN;
  return admitScalar(definition, set.values[name]);
}

/**
 * The right-hand side of a leaf with parameters put in as constants: the engine then looks up facts only.
 * A missing parameter becomes UNKNOWN; a reference to a gathered fact is left for the engine.
 */
export function resolveOperand(
  operand: Operand,
  set: ParameterSet,
): EngineScalar | readonly EngineScalar[] | { fact: string } {
  if (typeof operand !== 'object') return operand;
  if (Array.isArray(operand)) return operand;
  if ('percentOf' in operand) {
    const whole = parameterValue(set, operand.percentOf.fact);
    const percent = parameterValue(set, operand.percent.fact);
    if (typeof whole !== 'number' || typeof percent !== 'number') return UNKNOWN;
    const part = Math.floor((whole * Math.round(percent * 10_000)) / 1_000_000);
    return Number.isSafeInteger(part) ? part : UNKNOWN;
  }
  return isPolicyFact(operand.fact) ? parameterValue(set, operand.fact) : operand;
}
