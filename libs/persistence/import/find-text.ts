import type { FieldMapping } from '../../contracts/import/mapping.js';
import { lineExpression } from './expression.js';
import { indexKey, type SourceTables } from './source-tables.js';

/** One line in hand: its number and its cells. */
export interface CurrentLine {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Finds the text of one field for a line; null where the source has no value there. */
export type TextFinder = (current: CurrentLine) => string | null | Promise<string | null>;

export interface FinderContext {
  readonly tables: SourceTables;
  readonly source: string;
  readonly columns: readonly string[];
  readonly asOf: string;
}

type Part<Key extends string> = Extract<FieldMapping, Record<Key, unknown>>;

/** Compiles how a mapping finds a field's text. The mapping's columns were checked before. */
export async function textFinder(field: FieldMapping, context: FinderContext): Promise<TextFinder> {
  const { columns, asOf } = context;
  const missing = context.tables.missingTexts(context.source);
  const present = (text: string | undefined): string | null => (text === undefined || missing.has(text) ? null : text);
  const cellOf = (column: string): ((current: CurrentLine) => string | null) => {
    const position = columns.indexOf(column);
    return ({ cells }) => present(cells[position]);
  };
  if (typeof field === 'string') return cellOf(field);
  if ('column' in field) return cellOf(field.column);
  if ('const' in field) return () => String(field.const);
  if ('asOf' in field) return () => asOf;
  if ('lineNumber' in field) return ({ line }) => String(line);
  if ('template' in field) return templateFinder(field, cellOf);
  if ('firstOf' in field) {
    const cells = field.firstOf.map(cellOf);
    return (current) => cells.map((cell) => cell(current)).find((text) => text !== null) ?? null;
  }
  if ('expression' in field) return expressionFinder(field, columns, present);
  return 'lookup' in field ? lookupFinder(field, context) : aggregateFinder(field, context);
}

function templateFinder(
  field: Part<'template'>,
  cellOf: (column: string) => (current: CurrentLine) => string | null,
): TextFinder {
  const parts = field.template.split(/\{([^}]*)\}/).map((part, index) => (index % 2 === 0 ? part : cellOf(part)));
  return (current) => {
    const texts = parts.map((part) => (typeof part === 'string' ? part : part(current)));
    return texts.includes(null) ? null : texts.join('');
  };
}

function expressionFinder(
  field: Part<'expression'>,
  columns: readonly string[],
  present: (text: string) => string | null,
): TextFinder {
  const evaluate = lineExpression(field.expression, columns);
  return async ({ cells }) => {
    const value = await evaluate(cells);
    return value === undefined || value === null ? null : present(String(value));
  };
}

/** The lines of the other source whose columns equal this line's. */
async function matching(use: Part<'lookup'>['lookup'] | Part<'aggregate'>['aggregate'], context: FinderContext) {
  const theirs = Object.keys(use.match);
  const ours = Object.values(use.match).map((column) => context.columns.indexOf(column));
  const index = await context.tables.index(use.in, theirs, use.where);
  return ({ cells }: CurrentLine) => index.get(indexKey(ours.map((position) => cells[position] ?? ''))) ?? [];
}

async function lookupFinder({ lookup }: Part<'lookup'>, context: FinderContext): Promise<TextFinder> {
  const lines = await matching(lookup, context);
  const position = (await context.tables.columns(lookup.in)).indexOf(lookup.take);
  const missing = context.tables.missingTexts(lookup.in);
  return (current) => {
    const text = lines(current)[0]?.[position];
    return text === undefined || missing.has(text) ? null : text;
  };
}

async function aggregateFinder({ aggregate }: Part<'aggregate'>, context: FinderContext): Promise<TextFinder> {
  const lines = await matching(aggregate, context);
  if (context.tables.isBroken(aggregate.in)) return () => null; // a line that could not be read may belong to anybody
  if (aggregate.take === 'count') return (current) => String(lines(current).length);
  const position = (await context.tables.columns(aggregate.in)).indexOf(aggregate.column ?? '');
  const missing = context.tables.missingTexts(aggregate.in);
  const { take } = aggregate;
  return (current) => {
    const texts = lines(current).map((cells) => cells[position] ?? '');
    const numbers = texts.filter((text) => !missing.has(text)).map(Number);
    if (numbers.length === 0) return take === 'sum' && texts.length === 0 ? '0' : null;
    // One missing part makes a sum unknown; it says nothing against a largest or smallest known part.
    if (take === 'sum')
      return numbers.length < texts.length ? null : plainDecimal(numbers.reduce((sum, next) => sum + next, 0));
    return String(numbers.reduce((best, next) => (take === 'max' ? Math.max(best, next) : Math.min(best, next))));
  };
}

/** Sums of decimals carry binary noise beyond the places that money has. */
const plainDecimal = (value: number): string => String(Number(value.toFixed(6)));
