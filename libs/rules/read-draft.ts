import { z } from 'zod';
import type { CivilDate } from '../domain/civil-date.js';
import { type Fault, fault } from '../domain/problem.js';
import { type RuleBook, readBook } from './book.js';
import { runCase } from './cases.js';
import { changeFaults, type KnownParameter } from './parameter-changes.js';
import { parameterSet } from './parameters.js';
import { type CaseFile, caseFileSchema, type ParameterChange, parameterChangeSchema } from './rule-format.js';
import { schemaFaults } from './schema-faults.js';

/** A draft as its maker wrote it: nothing of it is believed yet. */
export interface DraftSource {
  readonly content: Readonly<Record<string, unknown>> | null;
  readonly parameters: readonly unknown[];
  readonly cases: readonly unknown[];
}

/** What surrounds a draft on the day on which it is read. */
export interface DraftSurroundings {
  readonly today: CivilDate;
  readonly effectiveFrom: CivilDate;
  readonly known: readonly KnownParameter[];
  /** Values in force on the day on which the draft takes effect. */
  readonly values: Readonly<Record<string, number | string | boolean>>;
}

export interface ReadDraft {
  /** Null where parameters alone change. */
  readonly book: RuleBook | null;
  readonly changes: readonly ParameterChange[];
}

const PARTS = ['manifest', 'rules'];

/** Reads a draft whole: its book as linted, its changes of parameters, its cases as run. Every fault, with its place. */
export async function readDraft(
  source: DraftSource,
  around: DraftSurroundings,
): Promise<{ read: ReadDraft } | { faults: readonly Fault[] }> {
  const faults: Fault[] = [];
  const changes = z.array(parameterChangeSchema).safeParse(source.parameters);
  if (changes.success) faults.push(...changeFaults(changes.data, around.known, around.today));
  else faults.push(...schemaFaults(changes.error, '/parameters'));
  const cases = z.array(caseFileSchema).safeParse(source.cases);
  if (!cases.success) faults.push(...schemaFaults(cases.error, '/cases'));
  const reading = source.content === null ? null : readContent(source.content);
  if (reading !== null && 'faults' in reading) faults.push(...reading.faults);
  if (!changes.success || !cases.success || faults.length > 0) return { faults };
  const book = reading !== null && 'book' in reading ? reading.book : null;
  const failing = book === null ? [] : await caseFaults(book, cases.data, changes.data, around);
  return failing.length > 0 ? { faults: failing } : { read: { book, changes: changes.data } };
}

function readContent(content: Readonly<Record<string, unknown>>) {
  const foreign = Object.keys(content).filter((part) => !PARTS.includes(part));
  const reading = readBook({ file: '/content/manifest', content: content['manifest'] }, [
    { file: '/content', content: { rules: content['rules'] } },
  ]);
  if (foreign.length === 0) return reading;
  const unknown = foreign.map((part) =>
    fault(`/content/${part}`, 'book.unknown-part', {
      zh: '规则书没有这一部分',
      en: `a rule book has no such part: ${PARTS.join(', ')}`,
    }),
  );
  return { faults: [...unknown, ...('faults' in reading ? reading.faults : [])] };
}

/** Runs the cases by the values that will be in force. */
async function caseFaults(
  book: RuleBook,
  files: readonly CaseFile[],
  changes: readonly ParameterChange[],
  { effectiveFrom, values }: DraftSurroundings,
): Promise<Fault[]> {
  const begun = changes.filter(({ from, to }) => from <= effectiveFrom && (to === null || to >= effectiveFrom));
  const set = parameterSet({ ...values, ...Object.fromEntries(begun.map(({ key, value }) => [key, value])) });
  const faults: Fault[] = [];
  for (const [index, { rule, product, cases }] of files.entries()) {
    if (!book.rules.some(({ id }) => id === rule)) {
      const text = { zh: `没有规则 ${rule}`, en: `the book has no rule ${rule}` };
      faults.push(fault(`/cases/${index}/rule`, 'case.no-rule', text));
      continue;
    }
    for (const [at, one] of cases.entries()) {
      const answer = await runCase(book, rule, product, one, set, effectiveFrom);
      if (answer === one.expect) continue;
      const text = {
        zh: `${one.name.zh}：应为 ${one.expect}，实为 ${answer}`,
        en: `${one.name.en}: ${one.expect} expected, ${answer} found`,
      };
      faults.push(fault(`/cases/${index}/cases/${at}`, 'case.failed', text));
    }
  }
  return faults;
}
