import type { CivilDate } from '../domain/civil-date.js';
import type { Bilingual } from '../domain/text.js';
import type { RuleBook } from './book.js';
import { type CaseAnswer, runCase } from './cases.js';
import type { ParameterSet } from './parameters.js';
import type { CaseFile } from './rule-format.js';

/** What a rule answered to a case; `got` is `no-rule` where the book has no such rule. */
export interface CaseAnswered {
  readonly rule: string;
  readonly name: Bilingual;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly expected: CaseAnswer;
  readonly got: CaseAnswer | 'no-rule';
}

/** An answer with the place of its case: in which file, and where in it. */
export interface AnsweredCase extends CaseAnswered {
  readonly file: number;
  readonly index: number;
}

export interface CaseReport {
  readonly rules: number;
  readonly cases: number;
  readonly passed: number;
  readonly failures: readonly CaseAnswered[];
}

/** What a book says to every case on a day, in their order. */
export async function answerCases(
  book: RuleBook,
  files: readonly CaseFile[],
  parameters: ParameterSet,
  on: CivilDate,
): Promise<AnsweredCase[]> {
  const ids = new Set(book.rules.map(({ id }) => id));
  const answers: AnsweredCase[] = [];
  for (const [file, { rule, product, cases }] of files.entries()) {
    for (const [index, given] of cases.entries()) {
      const got = ids.has(rule) ? await runCase(book, rule, product, given, parameters, on) : 'no-rule';
      const { name, facts, expect: expected } = given;
      answers.push({ file, index, rule, name, facts, expected, got });
    }
  }
  return answers;
}

/** Runs every case of a book on a day. */
export async function runCases(
  book: RuleBook,
  files: readonly CaseFile[],
  parameters: ParameterSet,
  on: CivilDate,
): Promise<CaseReport> {
  const answers = await answerCases(book, files, parameters, on);
  const failures = answers
    .filter(({ expected, got }) => got !== expected)
    .map(({ file: _, index: __, ...failure }): CaseAnswered => failure);
  const rules = new Set(files.map(({ rule }) => rule)).size;
  return { rules, cases: answers.length, passed: answers.length - failures.length, failures };
}
