import { z } from 'zod';
import type { Fault } from '../domain/problem.js';
import type { DraftedBook } from './lint/lint-draft.js';
import { type DraftSurroundings, readContent, valuesAfter } from './read-draft.js';
import { caseFileSchema, parameterSchema } from './rule-format.js';
import { type AnsweredCase, answerCases } from './run-cases.js';
import { schemaFaults } from './schema-faults.js';

const changes = z.array(parameterSchema.extend({ reason: z.string().optional() }));

/** What a draft's book answers to each of its cases, by the values of its day; or every fault that keeps it from answering. */
export async function testDraft(
  { content, parameters, cases }: DraftedBook,
  around: Pick<DraftSurroundings, 'effectiveFrom' | 'values'>,
): Promise<{ readonly answers: readonly AnsweredCase[] } | { readonly faults: readonly Fault[] }> {
  const [begun, files] = [changes.safeParse(parameters), z.array(caseFileSchema).safeParse(cases)];
  const reading = readContent(content);
  if (!begun.success || !files.success || 'faults' in reading) {
    const faults = [
      ...('faults' in reading ? reading.faults : []),
      ...(begun.success ? [] : schemaFaults(begun.error, '/parameters')),
      ...(files.success ? [] : schemaFaults(files.error, '/cases')),
    ];
    return { faults };
  }
  return {
    answers: await answerCases(reading.book, files.data, valuesAfter(begun.data, around), around.effectiveFrom),
  };
}
