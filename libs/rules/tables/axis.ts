import { addDays, type CivilDate, daysBetween, parseCivilDate } from '../../domain/civil-date.js';
import type { Bilingual } from '../../domain/text.js';
import { CATALOGUE, isPolicyFact } from '../catalogue/index.js';
import type { FieldDefinition } from '../fact-definition.js';
import { after, before, type Cut, type Region } from './region.js';
import type { TableInput } from './table-format.js';

/** One input of a table as a line of values: whole numbers, days since 1800, or places in the list of its values. */
export interface Axis {
  /** The column's name: the fact, `fact.field`, or the name of a column of its own. */
  readonly key: string;
  readonly label: Bilingual;
  readonly definition: FieldDefinition;
  readonly whole: Region;
  /** The list of values that the places count, for texts and truth values. */
  readonly values: readonly string[];
}

export const inputKey = (input: TableInput): string =>
  'name' in input ? input.name : 'field' in input ? `${input.fact}.${input.field}` : input.fact;

/** The axis of an input; null where its fact or field is not in the catalogue, is a parameter, or is a list. */
export function axisOf(input: TableInput): Axis | null {
  if ('name' in input) return makeAxis(input.name, input.label, input);
  const fact = isPolicyFact(input.fact) ? undefined : CATALOGUE.get(input.fact);
  if (fact === undefined) return null;
  if (!('field' in input)) return fact.type === 'list' ? null : makeAxis(input.fact, fact.label, fact);
  const field = fact.type === 'list' && Object.hasOwn(fact.fields, input.field) ? fact.fields[input.field] : undefined;
  return field === undefined ? null : makeAxis(inputKey(input), fact.label, field);
}

const EARLIEST = '1800-01-01' as CivilDate;
const DAYS = daysBetween(EARLIEST, '9999-12-31' as CivilDate);

function makeAxis(key: string, label: Bilingual, definition: FieldDefinition): Axis {
  const values =
    definition.type === 'text' ? definition.values : definition.type === 'boolean' ? ['false', 'true'] : [];
  const end: Cut =
    definition.type === 'number'
      ? after(Number.POSITIVE_INFINITY)
      : before(definition.type === 'date' ? DAYS + 1 : values.length);
  return { key, label, definition, values, whole: [{ from: before(0), to: end }] };
}

/** Whether the axis has a next value after each: a percentage has not. */
export const isStepped = ({ definition }: Axis): boolean =>
  definition.type !== 'number' || definition.unit !== 'percent';

/** A literal as the place on the axis that it names; null where it names none. */
export function placeOf({ definition, values }: Axis, literal: string): number | null {
  if (definition.type === 'text' || definition.type === 'boolean') {
    const place = values.indexOf(literal);
    return place < 0 ? null : place;
  }
  if (definition.type === 'date') {
    const date = parseCivilDate(literal);
    return date === null ? null : daysBetween(EARLIEST, date);
  }
  return numberOf(literal, definition.unit);
}

/** A number of a unit as a cell writes it; fen may be written in yuan, as `100000元`. */
export function numberOf(literal: string, unit: string): number | null {
  const yuan = unit === 'fen' && literal.endsWith('元');
  const digits = yuan ? literal.slice(0, -1).trim() : literal;
  if (!/^\d{1,16}(\.\d{1,8})?$/.test(digits)) return null;
  const value = yuan ? Number((Number(digits) * 100).toFixed(4)) : Number(digits);
  return unit === 'percent' || Number.isSafeInteger(value) ? value : null;
}

/** The value at a place, as conditions compare it. */
export function valueAt({ definition, values }: Axis, place: number): number | string | boolean {
  if (definition.type === 'text') return values[place] ?? '';
  if (definition.type === 'boolean') return values[place] === 'true';
  return definition.type === 'date' ? addDays(EARLIEST, place) : place;
}
