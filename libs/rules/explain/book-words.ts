import type { Bilingual } from '../../domain/text.js';
import type { Explanation } from './explain.js';
import type { ExplainedRule } from './explained-rules.js';
import { inBoth } from './words.js';

/** How the two books are called where the stricter of both decided. */
export const BOOK_WORDS = {
  ofTheDay: { zh: '当日规则手册', en: 'Book of the day' },
  ofTheAcceptance: { zh: '受理时规则手册', en: 'Book of the acceptance' },
} satisfies Record<string, Bilingual>;
const BESIDE: Bilingual = { zh: '，以另一册为准', en: ', the other book counts' };

/** The book whose rule it is, as people read it; null where one book alone decided. */
export function bookOfRule({ bookHash, counts }: ExplainedRule, { book, pinnedBook }: Explanation): Bilingual | null {
  if (pinnedBook === null) return null;
  const [words, { version }] =
    bookHash === pinnedBook.hash ? [BOOK_WORDS.ofTheAcceptance, pinnedBook] : [BOOK_WORDS.ofTheDay, book];
  return inBoth((language) => `${words[language]} ${version}${counts ? '' : BESIDE[language]}`);
}

/** What found something first, each with what was asked beside it. */
export function inReadingOrder(rules: readonly ExplainedRule[]): readonly ExplainedRule[] {
  const found = new Set(rules.filter(({ verdict }) => verdict !== 'PASS').map(({ ruleId }) => ruleId));
  const ofFound = ({ ruleId }: ExplainedRule): boolean => found.has(ruleId);
  return [...rules.filter(ofFound), ...rules.filter((rule) => !ofFound(rule))];
}
