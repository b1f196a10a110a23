import { type Fault, fault } from '../../domain/problem.js';
import type { Bilingual } from '../../domain/text.js';
import { BOOK_CODES } from './codes/book-codes.js';
import { CASE_CODES } from './codes/case-codes.js';
import { FILE_CODES } from './codes/file-codes.js';
import { PARAMETER_CODES } from './codes/parameter-codes.js';
import { RULE_CODES } from './codes/rule-codes.js';
import { TABLE_CODES } from './codes/table-codes.js';

export type LintLevel = 'error' | 'warning';

/** What lint says: where, a stable code, what is wrong and how to mend it. An error is a book that does not load or a rule that cannot do what it says. */
export interface LintMessage extends Fault {
  readonly level: LintLevel;
  readonly cure: Bilingual;
}

export interface CodeMeaning {
  readonly level: LintLevel;
  readonly cure: Bilingual;
}

export const LINT_CODES = {
  ...FILE_CODES,
  ...RULE_CODES,
  ...BOOK_CODES,
  ...TABLE_CODES,
  ...PARAMETER_CODES,
  ...CASE_CODES,
};
export type LintCode = keyof typeof LINT_CODES;

const UNNAMED: CodeMeaning = {
  level: 'error',
  cure: { zh: '按提示修改此处', en: 'change this place as the message says' },
};

export const lintMessage = (path: string, code: LintCode, zh: string, en: string): LintMessage =>
  asLintMessage(fault(path, code, { zh, en }));

/** A fault of reading as lint tells it. */
export const asLintMessage = (one: Fault): LintMessage => ({
  ...one,
  ...(Object.hasOwn(LINT_CODES, one.code) ? LINT_CODES[one.code as LintCode] : UNNAMED),
});

/** Reports below one place of a file. */
export type Report = (path: string, code: LintCode, zh: string, en: string) => void;
