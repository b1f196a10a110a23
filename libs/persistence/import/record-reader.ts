import type { FieldMapping, FieldTransforms, RecordMapping } from '../../contracts/import/mapping.js';
import { definitionOf } from '../../contracts/import/records.js';
import type { Fault } from '../../domain/problem.js';
import { ExpressionFailed, expressionFault } from './expression.js';
import { type CurrentLine, textFinder } from './find-text.js';
import { lineCondition } from './line-condition.js';
import { type RecordValue, valueReader } from './read-value.js';
import type { CanonicalRecord } from './row-values.js';
import type { SourceTables } from './source-tables.js';

/** A line as a record; with faults, as far as it could be read. */
export type RecordReading =
  | { readonly record: CanonicalRecord }
  | { readonly faults: readonly Fault[]; readonly record: CanonicalRecord }
  | 'left-out';

const transformsOf = (field: FieldMapping | undefined): FieldTransforms =>
  typeof field === 'object' && !('const' in field) && !('asOf' in field) && !('lineNumber' in field)
    ? (field as FieldTransforms)
    : {};

/** Compiles one block of a mapping: a function from a line to its canonical record, or to all that is wrong with it. */
export async function recordReader(
  mapping: RecordMapping,
  columns: readonly string[],
  tables: SourceTables,
  asOf: string,
): Promise<(current: CurrentLine) => Promise<RecordReading>> {
  const context = { tables, source: mapping.from, columns, asOf };
  const keeps = lineCondition(mapping.where, columns);
  const fields = await Promise.all(
    Object.entries(definitionOf(mapping.record).fields).map(async ([name, definition]) => {
      const field = mapping.fields[name];
      return {
        name,
        find: field === undefined ? () => null : await textFinder(field, context),
        read: valueReader(definition, `/${name}`, transformsOf(field)),
      };
    }),
  );
  return async (current) => {
    const kept = await attempt('/where', async () => keeps(current.cells));
    if (typeof kept === 'object') return { faults: [kept], record: {} };
    if (!kept) return 'left-out';
    const record: Record<string, RecordValue> = {};
    const faults: Fault[] = [];
    for (const { name, find, read } of fields) {
      const found = find(current);
      const text = found === null || typeof found === 'string' ? found : await attempt(`/${name}`, () => found);
      const reading = text !== null && typeof text === 'object' ? { fault: text } : read(text);
      if ('fault' in reading) faults.push(reading.fault);
      else record[name] = reading.value;
    }
    return faults.length > 0 ? { faults, record } : { record };
  };
}

/** What an expression answers, or the fault of a line for which it has no answer. */
async function attempt<T>(path: string, answer: () => Promise<T>): Promise<T | Fault> {
  try {
    return await answer();
  } catch (cause) {
    if (cause instanceof ExpressionFailed) return expressionFault(path, cause);
    throw cause;
  }
}
