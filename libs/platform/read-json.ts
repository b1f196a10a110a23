import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from '../domain/problem.js';
import type { RuleSource } from '../rules/book.js';

/** A JSON file of a folder, or why it is none. */
export async function readJson(folder: string, file: string): Promise<RuleSource | Fault> {
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

export const isFault = (value: RuleSource | Fault): value is Fault => 'code' in value;
