import { resolve } from 'node:path';
import type { Command } from 'commander';
import { defaultBookFolder, loadBook, loadCases } from '#libs/platform/load-book.js';
import { type MutationReport, mutateBook } from '#libs/rules/mutate/mutate-book.js';
import { parametersInForce } from '#libs/rules/parameters.js';
import { runCases } from '#libs/rules/run-cases.js';
import { CommandFailed, printJson } from '../output.js';
import { dayOf, ON_OPTION } from './book-day.js';

export function addRulesMutate(rules: Command): void {
  rules
    .command('mutate')
    .description('change each rule a little and see whether its cases notice; fails where a change stays unnoticed')
    .argument('[folder]', 'folder of the rule book', defaultBookFolder())
    .option(...ON_OPTION)
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  wugang rules mutate --json')
    .action(async (folder: string, { on, json }: { on?: string; json?: true }) => {
      const day = dayOf(on);
      const { book, parameters } = await loadBook(resolve(folder));
      const files = await loadCases(resolve(folder));
      const inForce = parametersInForce(parameters, day);
      const { failures } = await runCases(book, files, inForce, day);
      if (failures.length > 0) {
        throw new CommandFailed(`${failures.length} cases fail as the rules stand: see wugang rules test`);
      }
      const report = await mutateBook(book, files, inForce, day);
      if (json === true) printJson(report);
      else print(report);
      if (report.alive.length > 0) process.exitCode = 1;
    });
}

function print({ mutants, killed, alive, equivalent }: MutationReport): void {
  for (const { rule, kind, path, text } of alive) {
    process.stdout.write(`alive: ${rule}${path} [${kind}] ${text.en} (${text.zh})\n`);
  }
  const excluded = equivalent.length > 0 ? `; ${equivalent.length} more change no answer at all` : '';
  process.stdout.write(`${killed} of ${mutants} changes noticed${excluded}\n`);
}
