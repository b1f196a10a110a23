import { addDays, type CivilDate } from '../../domain/civil-date.js';
import { CATALOGUE, isPolicyFact } from '../catalogue/index.js';
import { EXCEPTION_FACTS } from '../evaluate.js';
import type { FactDefinition, ScalarFact } from '../fact-definition.js';
import { NEVER, UNKNOWN } from '../fact-value.js';
import { parameterSet } from '../parameters.js';
import type { Rule } from '../rule-format.js';
import { turningPoints } from './number-line.js';
import { admittedFact, type Situation } from './situation.js';
import { thresholdsOf } from './thresholds.js';

/** One value that a fact or a parameter might have had, with the situation as it would then have been. */
export interface Move {
  /** In JSON; `{ "never": true }` spelled out. */
  readonly to: unknown;
  /** Its place on the line of numbers or days; null where the values have no order. */
  readonly rank: number | null;
  readonly situation: Situation;
}

/** The values worth trying for one fact or parameter: every one at which a rule's answer can turn. Ordered where they have an order. */
export function movesOf(name: string, rules: readonly Rule[], situation: Situation): readonly Move[] {
  const definition = CATALOGUE.get(name);
  if (definition === undefined) throw new Error(`no fact ${name} in the catalogue`);
  const put = (to: unknown) => putting(name, definition, to, situation);
  if (definition.type === 'list')
    return listValues(name, rules, situation).map((to) => ({ to, rank: null, ...put(to) }));
  return scalarValues(definition, thresholdsOf(name, rules, situation)).map(({ to, rank }) => ({
    to,
    rank,
    ...put(to),
  }));
}

function scalarValues(definition: ScalarFact, thresholds: readonly unknown[]): { to: unknown; rank: number | null }[] {
  switch (definition.type) {
    case 'boolean':
      return [true, false].map((to) => ({ to, rank: null }));
    case 'text':
      return definition.values.map((to) => ({ to, rank: null }));
    case 'date': {
      const days = thresholds.filter((one): one is CivilDate => typeof one === 'string');
      const near = days.flatMap((day) => [addDays(day, -1), day, addDays(day, 1)]);
      return [...new Set(near)].sort().map((to) => ({ to, rank: Date.parse(to) }));
    }
    case 'number': {
      const numbers = thresholds.filter((one): one is number => typeof one === 'number');
      return turningPoints(numbers, definition.unit, definition.mayBeNever === true).map((value) => ({
        to: value === NEVER ? { never: true } : value,
        rank: value,
      }));
    }
  }
}

/** Of a list: without one of its records; empty where nothing is known of it; the papers that an exception needs. */
function listValues(name: string, rules: readonly Rule[], situation: Situation): unknown[] {
  const needed = name === EXCEPTION_FACTS[1] ? rules.flatMap(({ exceptions = [] }) => exceptions) : [];
  const papers = needed.map(({ needs }) => needs.map((paper) => ({ name: paper })));
  const gathered = situation.facts[name];
  const records = gathered !== undefined && 'value' in gathered ? gathered.value : null;
  if (admittedFact(situation, name).value === UNKNOWN || !Array.isArray(records)) return [[], ...papers];
  return [...records.map((_, index) => records.filter((__, other) => other !== index)), ...papers];
}

function putting(
  name: string,
  definition: FactDefinition,
  to: unknown,
  situation: Situation,
): { situation: Situation } {
  if (isPolicyFact(name)) {
    const values = { ...situation.parameters.values, [name]: to as number | string | boolean };
    return { situation: { ...situation, parameters: parameterSet(values) } };
  }
  const fact = { value: to, source: definition.source, asOf: situation.on };
  return { situation: { ...situation, facts: { ...situation.facts, [name]: fact } } };
}
