import { resolve } from 'node:path';
import type { Command } from 'commander';
import { defaultBookFolder, loadBook, loadCases } from '#libs/platform/load-book.js';
import { parametersInForce } from '#libs/rules/parameters.js';
import { type CaseReport, runCases } from '#libs/rules/run-cases.js';
import { printJson } from '../output.js';
import { dayOf, ON_OPTION } from './book-day.js';

export function addRulesTest(rules: Command): void {
  rules
    .command('test')
    .description('run the cases of a rule book; fails where a rule answers otherwise than a case expects')
    .argument('[folder]', 'folder of the rule book', defaultBookFolder())
    .option(...ON_OPTION)
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  wugang rules test ./my-book')
    .action(async (folder: string, { on, json }: { on?: string; json?: true }) => {
      const day = dayOf(on);
      const { book, parameters } = await loadBook(resolve(folder));
      const report = await runCases(book, await loadCases(resolve(folder)), parametersInForce(parameters, day), day);
      if (json === true) printJson(report);
      else print(report);
      if (report.failures.length > 0) process.exitCode = 1;
    });
}

function print({ rules, cases, passed, failures }: CaseReport): void {
  for (const { rule, name, expected, got, facts } of failures) {
    process.stdout.write(
      `${rule}: ${name.en} (${name.zh})\n  expected ${expected}, got ${got}\n  ${JSON.stringify(facts)}\n`,
    );
  }
  process.stdout.write(`${passed} of ${cases} cases of ${rules} rules passed\n`);
}
