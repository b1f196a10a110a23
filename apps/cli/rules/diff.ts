import { resolve } from 'node:path';
import type { Command } from 'commander';
import { loadBook } from '#libs/platform/load-book.js';
import { bookContent } from '#libs/rules/book.js';
import { type ComparedBook, diffBooks } from '#libs/rules/diff/diff-books.js';
import { differenceInWords } from '#libs/rules/diff/in-words.js';
import { printJson } from '../output.js';

export function addRulesDiff(rules: Command): void {
  rules
    .command('diff')
    .description('what one rule book has otherwise than another: rules and parameters, field by field, and in words')
    .argument('<before>', 'folder of the rule book as it was')
    .argument('<after>', 'folder of the rule book as it is to be')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  wugang rules diff rules/default/2026.1 ./my-book')
    .action(async (before: string, after: string, { json }: { json?: true }) => {
      const [old, now] = await Promise.all([compared(before), compared(after)]);
      const difference = diffBooks(old, now);
      const words = differenceInWords(difference);
      if (json === true) printJson({ before: old.hash, after: now.hash, ...difference, words });
      else {
        for (const { zh, en } of words) process.stdout.write(`${en}\n  ${zh}\n`);
        process.stdout.write(`${words.length} ${words.length === 1 ? 'difference' : 'differences'}\n`);
      }
    });
}

async function compared(folder: string): Promise<ComparedBook & { hash: string }> {
  const { book, parameters } = await loadBook(resolve(folder));
  const { manifest, rules, tables = [] } = bookContent(book);
  return { hash: book.hash, manifest, rules, tables, parameters };
}
