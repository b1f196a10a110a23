import { and, type Truth, truthOf } from '../../domain/kleene.js';
import { admitScalar, type EngineScalar, UNKNOWN } from '../fact-value.js';
import { type ParameterSet, parameterValue } from '../parameters.js';
import { type Axis, placeOf } from './axis.js';
import type { CompiledTable, TableRow } from './compiled-table.js';
import { holdsValue, sameRegion } from './region.js';

export interface TableAnswer {
  /** Place of the row among the table's rows. */
  readonly row: number;
  /** By name; UNKNOWN where the parameter that holds it is missing or expired. */
  readonly outputs: Readonly<Record<string, EngineScalar>>;
}

/**
 * What a table answers for inputs by column name; null where an input that matters is absent or is not of its column's
 * type, unit and values.
 */
export function tableLookup(
  { content, axes, rows }: CompiledTable,
  inputs: Readonly<Record<string, unknown>>,
  parameters: ParameterSet,
): TableAnswer | null {
  const places = axes.map((axis) => placeOfValue(axis, Object.hasOwn(inputs, axis.key) ? inputs[axis.key] : undefined));
  for (const [index, row] of rows.entries()) {
    const fits = rowFits(axes, row, places);
    if (fits === 'unknown' && content.hitPolicy === 'first') return null;
    if (fits !== 'true') continue;
    const outputs = content.outputs.map(({ name }, place): [string, EngineScalar] => {
      const answer = row.outputs[place] ?? UNKNOWN;
      return [name, typeof answer === 'object' ? parameterValue(parameters, answer.fact) : answer];
    });
    return { row: index, outputs: Object.fromEntries(outputs) };
  }
  return null;
}

const rowFits = (axes: readonly Axis[], { regions }: TableRow, places: readonly (number | null)[]): Truth =>
  and(
    axes.map((axis, index): Truth => {
      const region = regions[index] ?? [];
      const place = places[index] ?? null;
      if (sameRegion(region, axis.whole)) return 'true';
      return place === null ? 'unknown' : truthOf(holdsValue(region, place));
    }),
  );

function placeOfValue(axis: Axis, value: unknown): number | null {
  const admitted = admitScalar(axis.definition, value);
  if (admitted === UNKNOWN) return null;
  return typeof admitted === 'number' ? admitted : placeOf(axis, String(admitted));
}
