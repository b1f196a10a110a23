import { resolve } from 'node:path';
import type { Command } from 'commander';
import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import { printJson } from '../output.js';

export function addRulesLint(rules: Command): void {
  rules
    .command('lint')
    .description('check a rule book: every fault with its code and its place')
    .argument('[folder]', 'folder of the rule book', defaultBookFolder())
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  wugang rules lint ./my-book')
    .action(async (folder: string, { json }: { json?: true }) => {
      const { book, parameters } = await loadBook(resolve(folder));
      const result = { rules: book.rules.length, parameters: parameters.length, hash: book.hash };
      if (json === true) printJson(result);
      else process.stdout.write(`${result.rules} rules, ${result.parameters} parameters, no fault; ${result.hash}\n`);
    });
}
