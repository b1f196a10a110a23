import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fault, fault } from '../../domain/problem.js';
import type { BookSources } from '../../rules/lint/book-sources.js';
import type { RuleSource } from '../../rules/read-files.js';
import { isTooLarge, readJsonBytes, tooLarge } from './read-json.js';

/** The files of a rule book as parsed JSON, and every fault of those that are none. */
export interface BookFolder {
  readonly sources: BookSources;
  readonly faults: readonly Fault[];
}

type Reading = RuleSource | readonly Fault[];

/** Reads one JSON file of a book's folder. */
async function readJsonFile(folder: string, file: string): Promise<Reading> {
  const path = join(folder, file);
  const info = await stat(path).catch(() => null);
  if (info?.isFile() !== true) {
    return [fault(file, 'file.missing', { zh: '没有此文件', en: 'there is no such file' })];
  }
  if (isTooLarge(info.size)) return [tooLarge(file, info.size)];
  const reading = readJsonBytes(await readFile(path), file);
  return 'content' in reading ? { file, content: reading.content } : reading.faults;
}

const isSource = (reading: Reading): reading is RuleSource => 'content' in reading;

async function namesIn(folder: string, ending: string): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.filter((name) => name.endsWith(ending)).sort();
}

/** Reads `manifest.json`, `*.rules.json`, `parameters.json` and, where asked, `cases/*.json` of a folder. */
export async function readBookFolder(folder: string, wanted: { cases: boolean }): Promise<BookFolder> {
  const ruleNames = await namesIn(folder, '.rules.json');
  const caseNames = wanted.cases ? await namesIn(join(folder, 'cases'), '.json') : [];
  const read = (file: string) => readJsonFile(folder, file);
  const [manifest, parameters] = await Promise.all([read('manifest.json'), read('parameters.json')]);
  const rules = await Promise.all(ruleNames.map(read));
  const cases = await Promise.all(caseNames.map((name) => read(`cases/${name}`)));
  return {
    sources: {
      manifest: isSource(manifest) ? manifest : null,
      parameters: isSource(parameters) ? parameters : null,
      rules: rules.filter(isSource),
      cases: cases.filter(isSource),
    },
    faults: [manifest, parameters, ...rules, ...cases].flatMap((one) => (isSource(one) ? [] : one)),
  };
}
