import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from '../domain/problem.js';
import { type RuleBook, type RuleSource, readBook } from '../rules/book.js';
import { type CaseFile, caseFileSchema, type Parameter, parameterFileSchema } from '../rules/rule-format.js';
import { schemaFaults } from '../rules/schema-faults.js';
import { projectRoot } from './project-root.js';
import { isFault, readJson } from './read-json.js';
import { loadTables, type RowsInstead } from './tables/load-tables.js';

export interface LoadedBook {
  readonly book: RuleBook;
  readonly parameters: readonly Parameter[];
}

/** A folder that holds no readable rule book, with every fault of its files. */
export class BookUnreadable extends Error {
  constructor(
    folder: string,
    readonly faults: readonly Fault[],
  ) {
    super(`rule book ${folder}: ${faults.map((one) => `${one.path} ${one.text.en}`).join('; ')}`);
  }
}

/** The rule book that ships with the product. */
export const defaultBookFolder = (): string => join(projectRoot(), 'rules/default/2026.1');

/**
 * Reads `manifest.json`, `*.rules.json`, `parameters.json` and the tables of a folder; `instead` puts other rows in one
 * table's place. Throws BookUnreadable with every fault.
 */
export async function loadBook(folder: string, instead?: RowsInstead): Promise<LoadedBook> {
  const names = await readdir(folder).catch((): string[] => []);
  const ruleFiles = names.filter((name) => name.endsWith('.rules.json')).sort();
  const [manifest, parameterFile] = await Promise.all([
    readJson(folder, 'manifest.json'),
    readJson(folder, 'parameters.json'),
  ]);
  const sources = await Promise.all(ruleFiles.map((name) => readJson(folder, name)));
  const tables = await loadTables(folder, instead);
  const faults = [...[manifest, parameterFile, ...sources].filter(isFault), ...tables.faults];
  if (isFault(manifest) || isFault(parameterFile) || faults.length > 0) throw new BookUnreadable(folder, faults);
  const reading = readBook(
    manifest,
    sources.filter((source): source is RuleSource => !isFault(source)),
    tables.sources,
  );
  const parameters = parameterFileSchema.safeParse(parameterFile.content);
  const all = [
    ...('faults' in reading ? reading.faults : []),
    ...(parameters.success ? [] : schemaFaults(parameters.error, parameterFile.file)),
  ];
  if ('faults' in reading || !parameters.success) throw new BookUnreadable(folder, all);
  return { book: reading.book, parameters: parameters.data.parameters };
}

/** The case files that ship beside a book's rules. */
export async function loadCases(folder: string): Promise<CaseFile[]> {
  const names = (await readdir(join(folder, 'cases'))).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) => caseFileSchema.parse(JSON.parse(await readFile(join(folder, 'cases', name), 'utf8')))),
  );
}
