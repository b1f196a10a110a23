import { addDays, type CivilDate, parseCivilDate } from '../../domain/civil-date.js';
import { draftSources } from '../draft-sources.js';
import type { DraftSource } from '../read-draft.js';
import type { Parameter } from '../rule-format.js';
import { lintBook } from './lint-book.js';
import { asLintMessage, type LintMessage } from './message.js';

/** A book in a draft: beside it changes of parameters and cases. */
export interface DraftedBook extends DraftSource {
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * Lints a draft as a folder is linted: places are those of the draft, `known` are the values that stand beside it, of which
 * nothing is told; they end where a change begins.
 */
export function lintDraft(draft: DraftedBook, known: readonly Parameter[], on: CivilDate): LintMessage[] {
  const { sources, faults } = draftSources(draft.content);
  const own = draft.parameters.map(withoutReason);
  const beside = known.flatMap((one) => own.reduce<Parameter[]>(endedBy, [one]));
  const messages = lintBook(
    {
      manifest: sources.manifest,
      rules: [sources.rules],
      tables: sources.tables,
      parameters: { file: '', content: { parameters: [...own, ...beside] } },
      cases: draft.cases.map((content, index) => ({ file: `/cases/${index}`, content })),
    },
    on,
  );
  const ofAnother = ({ path }: LintMessage): boolean => {
    const index = /^\/parameters\/(\d+)/.exec(path)?.[1];
    return index !== undefined && Number(index) >= own.length;
  };
  const told = messages.filter((one) => one.code !== 'case.file-name' && !ofAnother(one)); // a draft has no file names
  return [...faults.map(asLintMessage), ...told];
}

function withoutReason(change: unknown): unknown {
  if (typeof change !== 'object' || change === null || !('reason' in change)) return change;
  const { reason: _, ...parameter } = change;
  return parameter;
}

/** As publishing does: what is in force ends on the day before, and what has not begun never begins. */
function endedBy(known: Parameter[], change: unknown): Parameter[] {
  const { key, from } = (change ?? {}) as { key?: unknown; from?: unknown };
  const begins = typeof from === 'string' ? parseCivilDate(from) : null;
  if (begins === null) return known;
  return known.flatMap((one) => {
    if (one.key !== key || (one.to !== null && one.to < begins)) return [one];
    return one.from < begins ? [{ ...one, to: addDays(begins, -1) }] : [];
  });
}
