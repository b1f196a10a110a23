import iconv from 'iconv-lite';
import { type Fault, fault } from '../../domain/problem.js';

/**
 * The text of a file whose encoding nobody stated: UTF-8 with or without its mark, UTF-16 by its mark, else GB18030,
 * which spreadsheets in China write. What is none of them is a fault.
 */
export function decodeText(bytes: Buffer, file: string): { readonly text: string } | { readonly fault: Fault } {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return { text: iconv.decode(bytes, 'utf-16') };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const text = iconv.decode(bytes, 'gb18030');
    // U+FFFD is what the decoder puts in place of bytes that its encoding does not have.
    if (!text.includes('\uFFFD')) return { text };
  }
  return {
    fault: fault(file, 'csv.wrong-encoding', {
      zh: '既不是 UTF-8 也不是 GB18030 编码',
      en: 'is neither UTF-8 nor GB18030: save it as UTF-8',
    }),
  };
}
