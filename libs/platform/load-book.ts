import { join } from 'node:path';
import type { Fault } from '../domain/problem.js';
import { type RuleBook, readBook } from '../rules/book.js';
import { faultsOf, readCases, readParameters } from '../rules/read-files.js';
import type { CaseFile, Parameter } from '../rules/rule-format.js';
import { projectRoot } from './project-root.js';
import { readBookFolder } from './rule-files/read-book-folder.js';
import type { RowsInstead } from './tables/load-tables.js';

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
  const { sources, faults } = await readBookFolder(folder, { cases: false, instead });
  const { manifest, parameters: parameterSource } = sources;
  const reading = manifest === null ? null : readBook(manifest, sources.rules, sources.tables);
  const parameters = parameterSource === null ? null : readParameters(parameterSource);
  const all = [
    ...faults,
    ...(reading !== null && 'faults' in reading ? reading.faults : []),
    ...(parameters !== null && 'faults' in parameters ? parameters.faults : []),
  ];
  if (reading === null || 'faults' in reading || parameters === null || 'faults' in parameters || all.length > 0) {
    throw new BookUnreadable(folder, all);
  }
  return { book: reading.book, parameters: parameters.value };
}

/** The case files that ship beside a book's rules. Throws BookUnreadable with every fault of them. */
export async function loadCases(folder: string): Promise<CaseFile[]> {
  const { sources, faults } = await readBookFolder(folder, { cases: true });
  const readings = sources.cases.map(readCases);
  const all = [...faults.filter(({ path }) => path.startsWith('cases/')), ...faultsOf(readings)];
  if (all.length > 0) throw new BookUnreadable(folder, all);
  return readings.flatMap((reading) => ('value' in reading ? [reading.value] : []));
}
