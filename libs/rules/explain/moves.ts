import { addDays, type CivilDate } from '../../domain/civil-date.js';
import { CATALOGUE, isPolicyFact } from '../catalogue/index.js';
import { EXCEPTION_FACTS } from '../evaluate.js';
import type { FactDefinition, FieldDefinition, ListFact, ScalarFact } from '../fact-definition.js';
import { type EngineRecord, NEVER } from '../fact-value.js';
import { parameterSet, resolveOperand } from '../parameters.js';
import type { Rule } from '../rule-format.js';
import { turningPoints } from './number-line.js';
import { admittedFact, type Situation } from './situation.js';
import { fieldThresholds, thresholdsOf } from './thresholds.js';

/** One value that a fact or a parameter might have had, with the situation as it would then have been. */
export interface Move {
  /** In JSON; `{ "never": true }` spelled out. */
  readonly to: unknown;
  /** Its place on the line of numbers or days; null where the values have no order. */
  readonly rank: number | null;
  readonly situation: Situation;
}

/** Where in a list a value stands. */
export interface Place {
  /** Counted from one. */
  readonly record: number;
  /** Null where the whole record is left out. */
  readonly field: string | null;
}

/** The values worth trying on one line: every one at which a rule's answer can turn, ordered where they have an order. */
export interface Line {
  readonly name: string;
  /** Null for a fact or parameter as a whole. */
  readonly place: Place | null;
  readonly definition: FactDefinition | FieldDefinition;
  /** Where the present value stands; null where it is not known or has no order. */
  readonly rank: number | null;
  readonly moves: readonly Move[];
}

/** The lines along which one fact or parameter can change: its value; of a list, each record and each of its numbers. */
export function linesOf(name: string, rules: readonly Rule[], situation: Situation): readonly Line[] {
  const definition = CATALOGUE.get(name);
  if (definition === undefined) throw new Error(`no fact ${name} in the catalogue`);
  if (definition.type === 'list') return linesOfList(name, definition, rules, situation);
  const moves = scalarValues(definition, thresholdsOf(name, rules, situation)).map(({ to, rank }) => ({
    to,
    rank,
    situation: putting(name, definition, to, situation),
  }));
  return [{ name, place: null, definition, rank: presentRank(name, definition, situation), moves }];
}

function presentRank(name: string, { type }: ScalarFact, situation: Situation): number | null {
  const value = isPolicyFact(name)
    ? resolveOperand({ fact: name }, situation.parameters)
    : admittedFact(situation, name).value;
  if (type === 'date') return typeof value === 'string' ? Date.parse(value) : null;
  return type === 'number' && typeof value === 'number' ? value : null;
}

function linesOfList(name: string, definition: ListFact, rules: readonly Rule[], situation: Situation): Line[] {
  const move = (to: unknown, list: unknown, rank: number | null): Move => ({
    to,
    rank,
    situation: putting(name, definition, list, situation),
  });
  const needed = name === EXCEPTION_FACTS[1] ? rules.flatMap(({ exceptions = [] }) => exceptions) : [];
  const papers = needed.map(({ needs }) => needs.map((paper) => ({ name: paper })));
  const gathered = situation.facts[name];
  const records = gathered !== undefined && 'value' in gathered ? gathered.value : null;
  const admitted = admittedFact(situation, name).value as readonly EngineRecord[];
  const known = Array.isArray(admitted) && Array.isArray(records);
  const whole = [...(known ? [] : [[]]), ...papers].map((list) => move(list, list, null));
  const lines: Line[] = [{ name, place: null, definition, rank: null, moves: whole }];
  if (!known) return lines;
  records.forEach((record: object, index) => {
    const without = records.filter((_, other) => other !== index);
    const place = { record: index + 1, field: null };
    lines.push({ name, place, definition, rank: null, moves: [move(without, without, null)] });
    for (const [field, one] of Object.entries(definition.fields)) {
      if (one.type !== 'number') continue;
      const put = (to: unknown) => records.map((other, at) => (at === index ? { ...record, [field]: to } : other));
      const now = admitted[index]?.[field];
      const values = scalarValues(one, fieldThresholds(name, index, field, rules, situation));
      const moves = values.map(({ to, rank }) => move(to, put(to), rank));
      lines.push({
        name,
        place: { record: index + 1, field },
        definition: one,
        rank: typeof now === 'number' ? now : null,
        moves,
      });
    }
  });
  return lines;
}

function scalarValues(
  definition: ScalarFact | FieldDefinition,
  thresholds: readonly unknown[],
): { to: unknown; rank: number | null }[] {
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

function putting(name: string, { source }: FactDefinition, to: unknown, situation: Situation): Situation {
  if (isPolicyFact(name)) {
    const values = { ...situation.parameters.values, [name]: to as number | string | boolean };
    return { ...situation, parameters: parameterSet(values) };
  }
  return { ...situation, facts: { ...situation.facts, [name]: { value: to, source, asOf: situation.on } } };
}
