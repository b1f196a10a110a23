import { createScanner } from 'jsonc-parser';
import { type Fault, fault } from '../../domain/problem.js';
import { decodeUtf8 } from './decode-utf8.js';
import { syntaxFaults } from './syntax-faults.js';

/** A rule file is written and read by people: what is larger or deeper is none. */
const MOST_BYTES = 1_000_000;
const MOST_LEVELS = 64;

const OPENING: readonly number[] = [1, 3]; // { and [
const CLOSING: readonly number[] = [2, 4];
const END = 17;

/** The content of a JSON file, or every fault of it; the place of a fault is `file:line:column`. */
export function readJsonBytes(
  bytes: Uint8Array,
  file: string,
): { readonly content: unknown } | { readonly faults: readonly Fault[] } {
  if (bytes.byteLength > MOST_BYTES) return { faults: [tooLarge(file, bytes.byteLength)] };
  const decoded = decodeUtf8(bytes, file);
  if ('fault' in decoded) return { faults: [decoded.fault] };
  const { text } = decoded;
  const deep = tooDeep(text, file); // before anything that would go down with it
  if (deep !== null) return { faults: [deep] };
  const faults = syntaxFaults(text, file);
  return faults.length > 0 ? { faults } : { content: JSON.parse(text) as unknown };
}

export const tooLarge = (file: string, bytes: number): Fault =>
  fault(file, 'file.too-large', {
    zh: `文件有 ${bytes} 字节，最多 ${MOST_BYTES}`,
    en: `the file has ${bytes} bytes; at most ${MOST_BYTES} are read`,
  });

export const isTooLarge = (bytes: number): boolean => bytes > MOST_BYTES;

function tooDeep(text: string, file: string): Fault | null {
  const scanner = createScanner(text, true);
  let level = 0;
  for (let token: number = scanner.scan(); token !== END; token = scanner.scan()) {
    if (OPENING.includes(token)) level += 1;
    if (CLOSING.includes(token)) level -= 1;
    if (level > MOST_LEVELS) {
      const at = `${file}:${scanner.getTokenStartLine() + 1}:${scanner.getTokenStartCharacter() + 1}`;
      return fault(at, 'file.too-deep', {
        zh: `嵌套超过 ${MOST_LEVELS} 层`,
        en: `nested more than ${MOST_LEVELS} levels deep`,
      });
    }
  }
  return null;
}
