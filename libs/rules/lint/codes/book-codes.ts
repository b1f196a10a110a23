import { error, warning } from './meaning.js';

/** Rules beside each other, and the book itself. */
export const BOOK_CODES = {
  'book.left-open': warning('拆成更小的规则', 'make smaller rules of them'),
  'book.no-rules': error('至少写一条规则', 'write a rule at least'),
  'book.fill-in': error('写出内容', 'write it'),
  'book.language': error('写出两种语言', 'write it in both languages'),
  'rule.duplicate-id': error('改用另一个编号', 'give one of them another id'),
  'rule.duplicate': error('删除其中一条', 'take one of the two out'),
  'rule.contradicts': error('只保留一种处理', 'keep one of the two severities'),
  'rule.subsumed': warning('删除该规则，或使两条互不重叠', 'take the rule out, or keep the two apart'),
} as const;
