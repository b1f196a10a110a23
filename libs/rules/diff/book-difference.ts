import type { Bilingual } from '../../domain/text.js';
import { bookContent, type RuleBook } from '../book.js';
import { type ComparedBook, type Difference, diffBooks, type FieldChange } from './diff-books.js';
import { differenceInWords } from './in-words.js';

interface PartDifference {
  readonly added: readonly unknown[];
  readonly removed: readonly unknown[];
  readonly changed: readonly { readonly id: string; readonly changes: readonly FieldChange[] }[];
}

/** What one book says otherwise than another, as written: field by field, and in words. */
export function bookDifference(
  from: RuleBook,
  to: RuleBook,
): {
  readonly manifest: readonly FieldChange[];
  readonly rules: PartDifference;
  readonly tables: PartDifference;
  readonly words: readonly Bilingual[];
} {
  const difference = diffBooks(compared(from), compared(to));
  const { manifest, rules, tables } = difference;
  return { manifest, rules: byId(rules), tables: byId(tables), words: differenceInWords(difference) };
}

const compared = (book: RuleBook): ComparedBook => ({ tables: [], ...bookContent(book), parameters: [] });

const byId = ({ added, removed, changed }: Difference<{ readonly id: string }>): PartDifference => ({
  added,
  removed,
  changed: changed.map(({ after, changes }) => ({ id: after.id, changes })),
});
