import { z } from 'zod';
import { RECORD_KINDS } from './records.js';

const name = z.string().min(1);
/** A column's name; exports do have columns of no name. */
const column = z.string();
const formatFields = {
  delimiter: z.string().length(1).describe('Column separator, one character. Default ","'),
  quote: z.string().length(1).nullable().describe('Quote character; null: none. Default "\\""'),
  header: z.boolean().describe('Whether the first line names the columns. Default true'),
  encoding: z
    .enum(['utf-8', 'gb18030', 'gbk', 'utf-16le', 'latin1'])
    .describe('Default utf-8; a byte order mark is skipped'),
  compression: z.enum(['none', 'gzip']).describe('Default: gzip where the file name ends in .gz'),
  skipLines: z.int().min(0).describe('Lines to leave out before the header'),
  missing: z.array(z.string()).describe('Texts that mean "no value", after trimming. Default [""]'),
};
const format = z.strictObject(formatFields).partial();

const source = z.strictObject({
  file: name.describe('Path below the folder given by --from'),
  columns: z.array(column).min(1).optional().describe('Column names where the file has no header'),
  ...format.shape,
});

const condition = z.union([
  z.strictObject({ column, in: z.array(z.string()).min(1) }),
  z.strictObject({ column, notIn: z.array(z.string()).min(1) }),
  z.strictObject({ expression: name.describe('JSONata over the columns of the line; true keeps it') }),
]);
export type LineCondition = z.infer<typeof condition>;

const match = z.record(column, column).describe('Column of the other source: column of this line');

const transforms = {
  map: z.record(z.string(), z.string()).optional().describe('Text in the source: value of the record'),
  otherwise: z.string().optional().describe('For a text that "map" does not list; without it such a line is refused'),
  date: name.optional().describe('Date format in Luxon tokens, such as yyMMdd or dd/MM/yyyy. Default yyyy-MM-dd'),
  century: z.int().min(1800).max(2000).optional().describe('First year of the hundred that two-digit years belong to'),
  unit: z.enum(['yuan', 'fen', 'ten-thousand-yuan', 'percent', 'fraction']).optional(),
  ifMissing: z
    .union([z.literal('unknown'), z.literal('never'), z.strictObject({ value: z.string() })])
    .optional()
    .describe('What a missing value means: not known (default), never happened, or this value'),
};

const lookup = z.strictObject({ in: name, match, where: condition.optional(), take: column });
const aggregate = z.strictObject({
  in: name,
  match,
  where: condition.optional(),
  take: z.enum(['count', 'sum', 'max', 'min']),
  column: column.optional(),
});

const field = z.union([
  column.describe('Short for { "column": … }'),
  z.strictObject({ column, ...transforms }),
  z.strictObject({ const: z.union([z.string(), z.number()]).describe('The same for every line') }),
  z.strictObject({ asOf: z.literal(true).describe('The date given by --as-of') }),
  z.strictObject({ lineNumber: z.literal(true).describe('The number of the line in its file') }),
  z.strictObject({ template: name.describe('Text with {column} places'), ...transforms }),
  z.strictObject({ expression: name.describe('JSONata over the columns of the line'), ...transforms }),
  z.strictObject({ lookup, ...transforms }),
  z.strictObject({ aggregate, ...transforms }),
  z.strictObject({
    firstOf: z.array(column).min(2).describe('The first of these columns that has a value'),
    ...transforms,
  }),
]);
export type FieldMapping = z.infer<typeof field>;
export type FieldTransforms = {
  [Key in keyof typeof transforms]?: z.infer<(typeof transforms)[Key]>;
};

const record = z.strictObject({
  record: z.enum(RECORD_KINDS),
  from: name.describe('The source whose lines become records'),
  where: condition.optional(),
  fields: z.record(name, field),
});

/** The mapping file: how any CSV export becomes canonical records. */
export const mappingSchema = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower case letters, digits and hyphens'),
  union: z.strictObject({ code: name, name }),
  defaults: format.optional(),
  sources: z.record(name, source),
  records: z.array(record).min(1),
});
export type Mapping = z.infer<typeof mappingSchema>;
export type RecordMapping = Mapping['records'][number];
export type SourceFormat = Mapping['sources'][string];
