import { z } from 'zod';
import { bilingual, clause, constant, ruleId, text } from '../format-parts.js';

const units = z.enum(['fen', 'count', 'days', 'months', 'percent']);
const column = { name: z.string().regex(/^[a-z][a-zA-Z0-9]*$/, 'a name such as limitFen'), label: bilingual };
const number = z.strictObject({ ...column, type: z.literal('number'), unit: units });
const boolean = z.strictObject({ ...column, type: z.literal('boolean') });

/** A cell lists values between commas, and `-` is any. */
const value = text.refine((one) => !/[,，、]/.test(one) && one !== '-', 'a value without commas that is not "-"');

/** What a table asks: a fact, a field of a list fact's records, or a column of its own that only look-ups fill. */
const input = z.union([
  z.strictObject({ fact: text }),
  z.strictObject({ fact: text, field: text }),
  z.strictObject({ ...column, type: z.literal('text'), values: z.array(value).min(1) }),
  number,
  z.strictObject({ ...column, type: z.literal('date') }),
  boolean,
]);
export type TableInput = z.infer<typeof input>;

/** What a table answers. A text without `values` is any text. */
const output = z.union([
  z.strictObject({ ...column, type: z.literal('text'), values: z.array(text).min(1).optional() }),
  number,
  boolean,
]);
export type TableOutput = z.infer<typeof output>;

/**
 * `unique`: exactly one row fits any case. `first`: the first row that fits answers.
 * Either way some row fits every case.
 */
const definition = {
  $schema: z.string().optional(),
  id: ruleId,
  title: bilingual,
  clause,
  source: bilingual,
  /** True where it is an example that the union must confirm. */
  own: z.boolean(),
  hitPolicy: z.enum(['unique', 'first']),
  inputs: z.array(input).min(1).max(20),
  outputs: z.array(output).min(1).max(20),
};

/** A file `tables/<id>.table.json`; its rows are in `<id>.csv` beside it. */
export const tableDefinitionSchema = z.strictObject(definition);
export type TableDefinition = z.infer<typeof tableDefinitionSchema>;

/** A decision table as a book keeps it: each row the cells of its inputs, then of its outputs, as they were written. */
export const decisionTableSchema = z.strictObject({ ...definition, rows: z.array(z.array(z.string())) });
export type DecisionTable = z.infer<typeof decisionTableSchema>;

/** An answer as a cell states it: a value, or the parameter that holds it. */
export type OutputValue = z.infer<typeof constant> | { readonly fact: string };
