import { type CivilDate, daysBetween, parseCivilDate } from '../domain/civil-date.js';
import type { FactDefinition, FactSource, FieldDefinition } from './fact-definition.js';

/** Why nothing can be said of a fact. Unknown is not absent: a fact known to have never happened is NEVER. */
export const UNKNOWN_CAUSES = ['not-gathered', 'malformed', 'stale', 'unavailable', 'not-stated', 'expired'] as const;
export type UnknownCause = (typeof UNKNOWN_CAUSES)[number];

/** A fact as gathered and stored with a decision: a JSON value with its source and as-of date, or why there is none. */
export type GatheredFact =
  | { readonly value: unknown; readonly source: FactSource; readonly asOf: CivilDate }
  | { readonly unknown: UnknownCause; readonly source: FactSource };

export type FactSet = Readonly<Record<string, GatheredFact>>;

/**
 * Stands in the engine for what is not known. A symbol, because the engine deep-copies conditions and a primitive
 * survives that; every operator answers "unknown" when it meets it.
 */
export const UNKNOWN = Symbol('unknown');

/** "Never happened" compares as beyond every number: months since never are more than any number of months. */
export const NEVER = Number.POSITIVE_INFINITY;

export type EngineScalar = number | string | boolean | typeof UNKNOWN;
export type EngineRecord = Readonly<Record<string, EngineScalar>>;
export type EngineValue = EngineScalar | readonly EngineRecord[];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function admitNumber(definition: { unit: string; mayBeNever?: true }, value: unknown): EngineScalar {
  if (isRecord(value) && value['never'] === true) return definition.mayBeNever === true ? NEVER : UNKNOWN;
  if (typeof value !== 'number' || !Number.isFinite(value)) return UNKNOWN;
  if (definition.unit === 'percent') return value >= 0 ? value : UNKNOWN;
  return Number.isSafeInteger(value) && value >= 0 ? value : UNKNOWN;
}

/** One JSON value as the engine takes it: of the declared type and in its range, else UNKNOWN. */
export function admitScalar(definition: FieldDefinition, value: unknown): EngineScalar {
  switch (definition.type) {
    case 'number':
      return admitNumber(definition, value);
    case 'text':
      return typeof value === 'string' && definition.values.includes(value) ? value : UNKNOWN;
    case 'boolean':
      return typeof value === 'boolean' ? value : UNKNOWN;
    case 'date':
      return typeof value === 'string' && parseCivilDate(value) !== null ? value : UNKNOWN;
  }
}

function admitList(fields: Readonly<Record<string, FieldDefinition>>, value: unknown): EngineValue {
  if (!Array.isArray(value)) return UNKNOWN;
  return value.map((member) =>
    Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [
        name,
        isRecord(member) && Object.hasOwn(member, name) ? admitScalar(field, member[name]) : UNKNOWN,
      ]),
    ),
  );
}

/** A fact as the engine takes it, with the cause where it is unknown. Nothing malformed, stale or absent gets through. */
export function admitFact(
  definition: FactDefinition,
  gathered: GatheredFact | undefined,
  on: CivilDate,
): { value: EngineValue; cause: UnknownCause | null } {
  if (!isRecord(gathered)) return { value: UNKNOWN, cause: 'not-gathered' };
  if ('unknown' in gathered) return { value: UNKNOWN, cause: gathered.unknown };
  const { maxAgeDays } = definition;
  const asOf = parseCivilDate(String(gathered.asOf));
  if (maxAgeDays !== undefined && !(asOf !== null && daysBetween(asOf, on) <= maxAgeDays))
    return { value: UNKNOWN, cause: 'stale' };
  const value =
    definition.type === 'list' ? admitList(definition.fields, gathered.value) : admitScalar(definition, gathered.value);
  return { value, cause: value === UNKNOWN ? 'malformed' : null };
}
