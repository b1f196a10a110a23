import { isUtf8 } from 'node:buffer';
import { type Fault, fault } from '../../domain/problem.js';
import type { Bilingual } from '../../domain/text.js';

/** Marks at the front of a file, by their first bytes. */
const MARKS: readonly { bytes: readonly number[]; code: string; text: Bilingual }[] = [
  {
    bytes: [0xef, 0xbb, 0xbf],
    code: 'file.byte-order-mark',
    text: { zh: '文件以字节顺序标记（BOM）开头', en: 'the file begins with a byte order mark (BOM)' },
  },
  { bytes: [0xff, 0xfe], code: 'file.not-utf8', text: { zh: '文件是 UTF-16', en: 'the file is UTF-16' } },
  { bytes: [0xfe, 0xff], code: 'file.not-utf8', text: { zh: '文件是 UTF-16', en: 'the file is UTF-16' } },
];

/** The text of a UTF-8 file, or the line and byte column where it stops being one. */
export function decodeUtf8(bytes: Uint8Array, file: string): { readonly text: string } | { readonly fault: Fault } {
  const mark = MARKS.find((one) => one.bytes.every((byte, index) => bytes[index] === byte));
  if (mark !== undefined) return { fault: fault(`${file}:1:1`, mark.code, mark.text) };
  if (isUtf8(bytes)) return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) };
  const before = bytes.subarray(0, validLength(bytes));
  const line = before.reduce((lines, byte) => (byte === 0x0a ? lines + 1 : lines), 1);
  const column = before.length - before.lastIndexOf(0x0a);
  const byte = bytes[before.length]?.toString(16).toUpperCase().padStart(2, '0') ?? '';
  return {
    fault: fault(`${file}:${line}:${column}`, 'file.not-utf8', {
      zh: `文件不是 UTF-8（可能是 GB18030）：此处的字节 ${byte} 无法读取`,
      en: `the file is not UTF-8 (GB18030, perhaps): byte ${byte} here cannot be read`,
    }),
  };
}

/** How many bytes from the front are whole UTF-8 characters. */
function validLength(bytes: Uint8Array): number {
  let [valid, invalid] = [0, bytes.length];
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    if (beginsUtf8(bytes.subarray(0, middle))) valid = middle;
    else invalid = middle;
  }
  while (valid > 0 && !isUtf8(bytes.subarray(0, valid))) valid -= 1; // back before a character that is cut off
  return valid;
}

function beginsUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
