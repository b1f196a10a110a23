import type { Fault } from '../../domain/problem.js';
import {
  faultsOf,
  type Reading,
  type RuleSource,
  readCases,
  readManifest,
  readParameters,
  readRules,
} from '../read-files.js';
import type { AuthoredRule } from '../rule-format.js';
import { expandRule, type TableSet } from '../tables/expand.js';
import { readTables, type TableSource } from '../tables/read-table.js';
import { tablesNamed } from '../tables/tables-named.js';
import type { BookSources } from './book-sources.js';
import { lintLoading } from './lint-loading.js';
import type { PlacedBook, PlacedRule } from './placed.js';

/** What can be read of a book's files, and the faults of what cannot. */
export function placeBook(sources: BookSources): { faults: Fault[]; book: PlacedBook } {
  const read = <T>(source: RuleSource | null, reader: (one: RuleSource) => Reading<T>) =>
    source === null ? null : { file: source.file, reading: reader(source) };
  const manifest = read(sources.manifest, readManifest);
  const parameters = read(sources.parameters, readParameters);
  const ruleFiles = sources.rules.map((source) => ({ file: source.file, reading: readRules(source) }));
  const caseFiles = sources.cases.map((source) => ({ file: source.file, reading: readCases(source) }));
  const all = [manifest, parameters, ...ruleFiles, ...caseFiles].flatMap((one) => (one === null ? [] : [one.reading]));
  const faults = faultsOf(all);
  const tables = readTables(sources.tables, faults);
  const known = tables.size === sources.tables.length ? tables : null;
  const book: PlacedBook = {
    manifest: placed(manifest),
    parameters: placed(parameters),
    rules: ruleFiles.flatMap(({ file, reading }) =>
      'value' in reading ? reading.value.map((rule, index) => placedRule(rule, file, index, known)) : [],
    ),
    rulesWhole: ruleFiles.every(({ reading }) => 'value' in reading),
    tables: [...tables].flatMap(([id, table]) =>
      sources.tables
        .filter((source) => idOf(source) === id)
        .slice(0, 1)
        .map(({ file, rowsFile }) => ({ file, rowsFile, table })),
    ),
    cases: caseFiles.flatMap((one) => placed(one) ?? []),
  };
  return { faults, book };
}

const idOf = ({ content }: TableSource): unknown => (content as { id?: unknown }).id;

const placed = <T>(one: { file: string; reading: Reading<T> } | null): { file: string; value: T } | null =>
  one !== null && 'value' in one.reading ? { file: one.file, value: one.reading.value } : null;

function placedRule(rule: AuthoredRule, file: string, index: number, tables: TableSet | null): PlacedRule {
  const faults = lintLoading([rule], file, tables, index);
  const expanded = faults.length > 0 || (tables === null && namesTable(rule)) ? null : expandRule(rule, tables ?? NONE);
  return { file, index, rule, faults, expanded };
}

const NONE: TableSet = new Map();

const namesTable = ({ conditions }: AuthoredRule): boolean => tablesNamed(conditions).length > 0;
