import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from '../domain/problem.js';
import { type RuleBook, type RuleSource, readBook } from '../rules/book.js';
import { type CaseFile, caseFileSchema, type Parameter, parameterFileSchema } from '../rules/rule-format.js';
import { schemaFaults } from '../rules/schema-faults.js';
import { projectRoot } from './project-root.js';

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

async function readJson(folder: string, file: string): Promise<RuleSource | Fault> {
  const text = await readFile(join(folder, file), 'utf8').catch(() => null);
  if (text === null)
    return { path: file, code: 'file.missing', text: { zh: '没有此文件', en: 'there is no such file' } };
  try {
    return { file, content: JSON.parse(text) as unknown };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'not JSON';
    return { path: file, code: 'file.not-json', text: { zh: `不是 JSON：${why}`, en: `not JSON: ${why}` } };
  }
}

const isFault = (value: RuleSource | Fault): value is Fault => 'code' in value;

/** Reads `manifest.json`, `*.rules.json` and `parameters.json` of a folder. Throws BookUnreadable with every fault. */
export async function loadBook(folder: string): Promise<LoadedBook> {
  const names = await readdir(folder).catch((): string[] => []);
  const ruleFiles = names.filter((name) => name.endsWith('.rules.json')).sort();
  const [manifest, parameterFile] = await Promise.all([
    readJson(folder, 'manifest.json'),
    readJson(folder, 'parameters.json'),
  ]);
  const sources = await Promise.all(ruleFiles.map((name) => readJson(folder, name)));
  const faults = [manifest, parameterFile, ...sources].filter(isFault);
  if (isFault(manifest) || isFault(parameterFile) || faults.length > 0) throw new BookUnreadable(folder, faults);
  const reading = readBook(
    manifest,
    sources.filter((source): source is RuleSource => !isFault(source)),
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
