import { tablesNamed } from '../tables/tables-named.js';
import { lintLanguages } from './language.js';
import { type LintMessage, lintMessage } from './message.js';
import type { PlacedBook } from './placed.js';

/** What a table that loads may still get wrong: its words, and that nothing reads it. */
export function lintTableContent({ tables, rules }: PlacedBook): LintMessage[] {
  const messages: LintMessage[] = [];
  const say = (...[path, code, zh, en]: Parameters<typeof lintMessage>) =>
    void messages.push(lintMessage(path, code, zh, en));
  const named = new Set(rules.flatMap(({ rule }) => tablesNamed(rule.conditions).map(({ table }) => table)));
  for (const { file, table } of tables) {
    const { id, title, source, clause, inputs, outputs } = table.content;
    lintLanguages(title, `${file}/title`, 'table', say);
    if (source.zh.trim() !== clause && source.en.trim() !== clause)
      lintLanguages(source, `${file}/source`, 'table', say);
    for (const [part, columns] of [
      ['inputs', inputs],
      ['outputs', outputs],
    ] as const) {
      for (const [index, column] of columns.entries()) {
        if ('label' in column) lintLanguages(column.label, `${file}/${part}/${index}/label`, 'table', say);
      }
    }
    const asked = inputs.every((input) => 'fact' in input); // others are looked up by the product itself
    if (asked && !named.has(id)) say(`${file}/id`, 'table.unused', `没有规则使用 ${id}`, `no rule names ${id}`);
  }
  return messages;
}
