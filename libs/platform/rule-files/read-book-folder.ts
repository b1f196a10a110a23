import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from '../../domain/problem.js';
import type { BookSources } from '../../rules/lint/book-sources.js';
import { loadTables, type RowsInstead } from '../tables/load-tables.js';
import { isSource, readJsonFile } from './read-json-file.js';

/** The files of a rule book as parsed JSON, and every fault of those that are none. */
export interface BookFolder {
  readonly sources: BookSources;
  readonly faults: readonly Fault[];
}

async function namesIn(folder: string, ending: string): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.filter((name) => name.endsWith(ending)).sort();
}

interface Wanted {
  readonly cases: boolean;
  /** Rows that stand in the place of one table's own. */
  readonly instead?: RowsInstead | undefined;
}

/** Reads `manifest.json`, `*.rules.json`, `parameters.json`, `tables/` and, where asked, `cases/*.json` of a folder. */
export async function readBookFolder(folder: string, wanted: Wanted): Promise<BookFolder> {
  const ruleNames = await namesIn(folder, '.rules.json');
  const caseNames = wanted.cases ? await namesIn(join(folder, 'cases'), '.json') : [];
  const read = (file: string) => readJsonFile(folder, file);
  const [manifest, parameters] = await Promise.all([read('manifest.json'), read('parameters.json')]);
  const rules = await Promise.all(ruleNames.map(read));
  const cases = await Promise.all(caseNames.map((name) => read(`cases/${name}`)));
  const tables = await loadTables(folder, wanted.instead);
  return {
    sources: {
      manifest: isSource(manifest) ? manifest : null,
      parameters: isSource(parameters) ? parameters : null,
      rules: rules.filter(isSource),
      cases: cases.filter(isSource),
      tables: tables.sources,
    },
    faults: [
      ...[manifest, parameters, ...rules, ...cases].flatMap((one) => (isSource(one) ? [] : one)),
      ...tables.faults,
    ],
  };
}
