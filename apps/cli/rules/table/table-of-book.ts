import type { RuleBook } from '#libs/rules/book.js';
import type { CompiledTable } from '#libs/rules/tables/compiled-table.js';
import { CommandFailed } from '../../output.js';

export function tableOfBook({ tables }: RuleBook, id: string): CompiledTable {
  const table = tables.get(id);
  if (table === undefined)
    throw new CommandFailed(`the book has no table ${id}; it has: ${[...tables.keys()].sort().join(', ') || 'none'}`);
  return table;
}
