import { POSTS } from '#libs/domain/post.js';
import type { Language } from '#libs/domain/text.js';
import { BOOK_WORDS, bookOfRule, inReadingOrder } from '#libs/rules/explain/book-words.js';
import type { Explanation } from '#libs/rules/explain/explain.js';
import { VERDICT_WORDS, WAIVED_BY_WORDS } from '#libs/rules/explain/words.js';

const WORDS = {
  no: { zh: '没有任何单项事实能使结论变为', en: 'no single fact leads to' },
  way: { zh: '受阻于', en: 'in the way' },
} as const;
const TRUTH_SIGNS = { true: '+', false: '-', unknown: '?' } as const;

/** An explanation for a terminal: verdict, books where two decided, what would turn it, then each rule that found something with its tree, then the rest. */
export function explanationText(explanation: Explanation, language: Language): string {
  const { verdict, rules, improvements, obstacles, worsenings, settledBy, book, pinnedBook } = explanation;
  const lines = [`${VERDICT_WORDS[verdict][language]}  ${settledBy.join(' ')}`.trimEnd()];
  if (pinnedBook !== null) {
    lines.push(`  ${BOOK_WORDS.ofTheDay[language]}: ${book.code} ${book.version} ${book.hash}`);
    lines.push(
      `  ${BOOK_WORDS.ofTheAcceptance[language]}: ${pinnedBook.code} ${pinnedBook.version} ${pinnedBook.hash}`,
    );
  }
  for (const { text } of [...improvements, ...worsenings]) lines.push(`  * ${text[language]}`);
  for (const { verdict: wanted, ruleIds } of obstacles) {
    const target = VERDICT_WORDS[wanted][language];
    lines.push(`  * ${WORDS.no[language]} ${target}; ${WORDS.way[language]}: ${ruleIds.join(', ')}`);
  }
  for (const rule of inReadingOrder(rules)) {
    const post = rule.answeredBy === null ? '' : ` (${POSTS[rule.answeredBy][language]})`;
    const waiver = rule.waivedBy === null ? '' : ` (${WAIVED_BY_WORDS[language]}${POSTS[rule.waivedBy][language]})`;
    const said = VERDICT_WORDS[rule.verdict][language];
    const ofBook = bookOfRule(rule, explanation)?.[language];
    lines.push('', `${rule.clause} ${rule.ruleId}: ${rule.title[language]}  ${said}${post}${waiver}`);
    if (ofBook !== undefined) lines.push(`  [${ofBook}]`);
    if (rule.reason !== null) lines.push(`  ${rule.reason[language]}`);
    for (const { depth, truth, text } of rule.conditions) {
      lines.push(`  ${'  '.repeat(depth)}${TRUTH_SIGNS[truth]} ${text[language]}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
