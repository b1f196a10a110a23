import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import { type Fault, fault } from '../../domain/problem.js';
import type { Bilingual } from '../../domain/text.js';

/** A text that is no JSON at all has an error in every line: the first of them say enough. */
const MOST_FAULTS = 50;

const ERRORS: Readonly<Record<string, Bilingual>> = {
  InvalidSymbol: { zh: '不认识的符号', en: 'a word that JSON does not know' },
  InvalidNumberFormat: { zh: '数字写法不对', en: 'a number that is not written as one' },
  PropertyNameExpected: { zh: '此处应为带双引号的键', en: 'a key in double quotes is expected here' },
  ValueExpected: { zh: '此处应有值', en: 'a value is expected here' },
  ColonExpected: { zh: '此处应为冒号', en: 'a colon is expected here' },
  CommaExpected: { zh: '此处应为逗号', en: 'a comma is expected here' },
  CloseBraceExpected: { zh: '缺少右花括号', en: 'a closing brace is missing' },
  CloseBracketExpected: { zh: '缺少右方括号', en: 'a closing bracket is missing' },
  EndOfFileExpected: { zh: '文件应在此结束', en: 'the file should end here' },
  UnexpectedEndOfString: { zh: '文本没有结束的引号', en: 'a text without its closing quote' },
  UnexpectedEndOfNumber: { zh: '数字不完整', en: 'a number that breaks off' },
  InvalidUnicode: { zh: '\\u 转义不对', en: 'a \\u escape that is none' },
  InvalidEscapeCharacter: { zh: '转义字符不对', en: 'an escape that JSON does not know' },
  InvalidCharacter: { zh: '文本中有控制字符', en: 'a control character in a text' },
};
const COMMENTS = ['InvalidCommentToken', 'UnexpectedEndOfComment'];
const PROTOTYPE = '__proto__';

/** Every fault of a JSON text as text: its syntax, comments, keys that stand twice. Places are `file:line:column`. */
export function syntaxFaults(text: string, file: string): Fault[] {
  const faults: Fault[] = [];
  const keys: Set<string>[] = [];
  const report = (line: number, column: number, code: string, words: Bilingual) => {
    if (faults.length < MOST_FAULTS) faults.push(fault(`${file}:${line + 1}:${column + 1}`, code, words));
  };
  visit(
    text,
    {
      onError: (error: ParseErrorCode, _, __, line, column) => {
        const name = printParseErrorCode(error);
        if (COMMENTS.includes(name)) {
          report(line, column, 'file.comment', { zh: 'JSON 中不能有注释', en: 'JSON has no comments' });
        } else report(line, column, 'file.not-json', ERRORS[name] ?? { zh: '不是 JSON', en: 'not JSON' });
      },
      onObjectBegin: () => void keys.push(new Set()),
      onObjectEnd: () => void keys.pop(),
      onObjectProperty: (key, _, __, line, column) => {
        const known = keys.at(-1);
        if (known?.has(key)) {
          report(line, column, 'file.duplicate-key', { zh: `键 ${key} 重复`, en: `the key ${key} stands twice` });
        }
        if (key === PROTOTYPE) {
          report(line, column, 'file.reserved-key', { zh: `不能用键 ${key}`, en: `${key} cannot be a key` });
        }
        known?.add(key);
      },
    },
    { disallowComments: true, allowTrailingComma: false },
  );
  return faults.length > 0 ? faults : brokenOtherwise(text, file);
}

/** What the strict parser refuses and the tolerant one passed over. */
function brokenOtherwise(text: string, file: string): Fault[] {
  try {
    JSON.parse(text);
    return [];
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'not JSON';
    return [fault(file, 'file.not-json', { zh: `不是 JSON：${why}`, en: `not JSON: ${why}` })];
  }
}
