import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fault, fault } from '../../domain/problem.js';
import type { RuleSource } from '../../rules/read-files.js';
import { isTooLarge, readJsonBytes, tooLarge } from './read-json.js';

type JsonReading = RuleSource | readonly Fault[];

export const isSource = (reading: JsonReading): reading is RuleSource => 'content' in reading;

/** Reads one JSON file of a book's folder; `file` is its name within. */
export async function readJsonFile(folder: string, file: string): Promise<JsonReading> {
  const path = join(folder, file);
  const info = await stat(path).catch(() => null);
  if (info?.isFile() !== true) {
    return [fault(file, 'file.missing', { zh: '没有此文件', en: 'there is no such file' })];
  }
  if (isTooLarge(info.size)) return [tooLarge(file, info.size)];
  const reading = readJsonBytes(await readFile(path), file);
  return 'content' in reading ? { file, content: reading.content } : reading.faults;
}
