import { resolve } from 'node:path';
import type { Command } from 'commander';
import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import { readBookFolder } from '#libs/platform/rule-files/read-book-folder.js';
import { lintBook } from '#libs/rules/lint/lint-book.js';
import { asLintMessage, type LintMessage } from '#libs/rules/lint/message.js';
import { printJson } from '../output.js';
import { dayOf, ON_OPTION } from './book-day.js';

interface LintResult {
  readonly rules: number;
  readonly parameters: number;
  /** Null where the book does not load. */
  readonly hash: string | null;
  readonly errors: number;
  readonly warnings: number;
  readonly messages: readonly LintMessage[];
}

export function addRulesLint(rules: Command): void {
  rules
    .command('lint')
    .description('check a rule book: every fault with its code, its place and its cure; fails where there is an error')
    .argument('[folder]', 'folder of the rule book', defaultBookFolder())
    .option(...ON_OPTION)
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  wugang rules lint ./my-book\n  wugang rules lint ./my-book --on 2027-01-01 --json',
    )
    .action(async (folder: string, { on, json }: { on?: string; json?: true }) => {
      const result = await lint(resolve(folder), on);
      if (json === true) printJson(result);
      else print(result);
      if (result.errors > 0) process.exitCode = 1;
    });
}

async function lint(folder: string, on: string | undefined): Promise<LintResult> {
  const day = dayOf(on);
  const { sources, faults } = await readBookFolder(folder, { cases: true });
  const messages = [...faults.map(asLintMessage), ...lintBook(sources, day)];
  const loaded = await loadBook(folder).catch(() => null); // what keeps it from loading is among the messages
  const errors = messages.filter(({ level }) => level === 'error').length;
  return {
    rules: loaded?.book.rules.length ?? 0,
    parameters: loaded?.parameters.length ?? 0,
    hash: loaded?.book.hash ?? null,
    errors,
    warnings: messages.length - errors,
    messages,
  };
}

function print({ rules, parameters, hash, errors, warnings, messages }: LintResult): void {
  for (const { path, code, level, text, cure } of messages) {
    process.stdout.write(
      `${level} ${path || '/'} [${code}]\n  ${text.en} (${text.zh})\n  -> ${cure.en} (${cure.zh})\n`,
    );
  }
  const loaded = hash === null ? 'the book does not load' : `${rules} rules, ${parameters} parameters; ${hash}`;
  process.stdout.write(`${errors} errors, ${warnings} warnings; ${loaded}\n`);
}
