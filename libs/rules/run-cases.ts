import type { CivilDate } from '../domain/civil-date.js';
import type { Bilingual } from '../domain/text.js';
import type { RuleBook } from './book.js';
import { type CaseAnswer, runCase } from './cases.js';
import type { ParameterSet } from './parameters.js';
import type { CaseFile } from './rule-format.js';

/** A case that a rule answered otherwise; `got` is `no-rule` where the book has no such rule. */
export interface CaseFailure {
  readonly rule: string;
  readonly name: Bilingual;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly expected: CaseAnswer;
  readonly got: CaseAnswer | 'no-rule';
}

export interface CaseReport {
  readonly rules: number;
  readonly cases: number;
  readonly passed: number;
  readonly failures: readonly CaseFailure[];
}

/** Runs every case of a book on a day. */
export async function runCases(
  book: RuleBook,
  files: readonly CaseFile[],
  parameters: ParameterSet,
  on: CivilDate,
): Promise<CaseReport> {
  const ids = new Set(book.rules.map(({ id }) => id));
  const failures: CaseFailure[] = [];
  let cases = 0;
  for (const { rule, product, cases: own } of files) {
    for (const given of own) {
      cases += 1;
      const got = ids.has(rule) ? await runCase(book, rule, product, given, parameters, on) : 'no-rule';
      const { name, facts, expect: expected } = given;
      if (got !== expected) failures.push({ rule, name, facts, expected, got });
    }
  }
  return { rules: new Set(files.map(({ rule }) => rule)).size, cases, passed: cases - failures.length, failures };
}
