import { z } from 'zod';
import type { CivilDate } from '../domain/civil-date.js';
import { type Fault, fault } from '../domain/problem.js';
import { type BookReading, type RuleBook, readBook } from './book.js';
import { draftSources } from './draft-sources.js';
import { changeFaults, type KnownParameter } from './parameter-changes.js';
import { type ParameterSet, parameterSet } from './parameters.js';
import { type CaseFile, caseFileSchema, type ParameterChange, parameterChangeSchema } from './rule-format.js';
import { answerCases } from './run-cases.js';
import { schemaFaults } from './schema-faults.js';

/** A draft as its maker wrote it: nothing of it is believed yet. */
export interface DraftSource {
  readonly content: Readonly<Record<string, unknown>> | null;
  readonly parameters: readonly unknown[];
  readonly cases: readonly unknown[];
}

/** What surrounds a draft on the day on which it is read. */
export interface DraftSurroundings {
  readonly today: CivilDate;
  readonly effectiveFrom: CivilDate;
  readonly known: readonly KnownParameter[];
  /** Values in force on the day on which the draft takes effect. */
  readonly values: Readonly<Record<string, number | string | boolean>>;
}

export interface ReadDraft {
  /** Null where parameters alone change. */
  readonly book: RuleBook | null;
  readonly changes: readonly ParameterChange[];
}

/** Reads a draft whole: its book as linted, its changes of parameters, its cases as run. Every fault, with its place. */
export async function readDraft(
  source: DraftSource,
  around: DraftSurroundings,
): Promise<{ read: ReadDraft } | { faults: readonly Fault[] }> {
  const faults: Fault[] = [];
  const changes = z.array(parameterChangeSchema).safeParse(source.parameters);
  if (changes.success) faults.push(...changeFaults(changes.data, around.known, around.today));
  else faults.push(...schemaFaults(changes.error, '/parameters'));
  const cases = z.array(caseFileSchema).safeParse(source.cases);
  if (!cases.success) faults.push(...schemaFaults(cases.error, '/cases'));
  const reading = source.content === null ? null : readContent(source.content);
  if (reading !== null && 'faults' in reading) faults.push(...reading.faults);
  if (!changes.success || !cases.success || faults.length > 0) return { faults };
  const book = reading !== null && 'book' in reading ? reading.book : null;
  const failing = book === null ? [] : await caseFaults(book, cases.data, changes.data, around);
  return failing.length > 0 ? { faults: failing } : { read: { book, changes: changes.data } };
}

/** The book of a draft. */
export function readContent(content: Readonly<Record<string, unknown>>): BookReading {
  const { sources, faults } = draftSources(content);
  const reading = readBook(sources.manifest, [sources.rules], sources.tables);
  return faults.length === 0 ? reading : { faults: [...faults, ...('faults' in reading ? reading.faults : [])] };
}

/** The values that will be in force: those of the day, with the changes that have begun by then. */
export function valuesAfter(
  changes: readonly Pick<ParameterChange, 'key' | 'value' | 'from' | 'to'>[],
  { effectiveFrom, values }: Pick<DraftSurroundings, 'effectiveFrom' | 'values'>,
): ParameterSet {
  const begun = changes.filter(({ from, to }) => from <= effectiveFrom && (to === null || to >= effectiveFrom));
  return parameterSet({ ...values, ...Object.fromEntries(begun.map(({ key, value }) => [key, value])) });
}

/** Runs the cases by the values that will be in force. */
async function caseFaults(
  book: RuleBook,
  files: readonly CaseFile[],
  changes: readonly ParameterChange[],
  around: DraftSurroundings,
): Promise<Fault[]> {
  const answers = await answerCases(book, files, valuesAfter(changes, around), around.effectiveFrom);
  return answers.flatMap(({ file, index, rule, name, expected, got }) => {
    if (got === expected) return [];
    if (got === 'no-rule') {
      const text = { zh: `没有规则 ${rule}`, en: `the book has no rule ${rule}` };
      return index > 0 ? [] : [fault(`/cases/${file}/rule`, 'case.no-rule', text)];
    }
    const text = {
      zh: `${name.zh}：应为 ${expected}，实为 ${got}`,
      en: `${name.en}: ${expected} expected, ${got} found`,
    };
    return [fault(`/cases/${file}/cases/${index}`, 'case.failed', text)];
  });
}
