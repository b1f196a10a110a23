import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { CHECKPOINTS, type Checkpoint } from '#libs/rules/rule-format.js';
import { printJson } from '../output.js';
import { dayOf } from './book-day.js';
import { newFiles } from './new-files.js';
import { writeNewFiles } from './write-new-files.js';

interface NewOptions {
  readonly id: string;
  readonly checkpoint: Checkpoint;
  readonly fact?: string;
  readonly limit?: string;
  readonly from?: string;
  readonly json?: true;
}

/** What a rule judges where nothing is said. */
const SAMPLE = { fact: 'bureau.hardEnquiries12Months', limit: 'policy.hardEnquiriesTolerated' };

export function addRulesNew(rules: Command): void {
  rules
    .command('new')
    .description('begin a rule with its cases, and the book around it where the folder holds none')
    .argument('<folder>', 'folder of the rule book')
    .option('--id <id>', 'id of the rule: lower case words joined by hyphens', 'first-rule')
    .addOption(new Option('--checkpoint <name>', 'where the rule stands').choices(CHECKPOINTS).default('intake'))
    .option('--fact <name>', `the fact that it judges (default: ${SAMPLE.fact})`)
    .option('--limit <parameter>', 'the parameter that a number is compared with, policy.…')
    .option('--from <date>', 'its first day, YYYY-MM-DD (default: today)')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  wugang rules new ./my-book\n' +
        '  wugang rules new ./my-book --id tax-liens --fact bureau.taxLiens --limit policy.taxLiensTolerated',
    )
    .action(async (folder: string, { id, checkpoint, fact, limit, from, json }: NewOptions) => {
      const at = resolve(folder);
      const judged = fact === undefined ? SAMPLE : { fact, limit: limit ?? null };
      const wanted = { id, checkpoint, ...judged, from: dayOf(from) };
      const written = await writeNewFiles(at, await newFiles(at, wanted));
      if (json === true) printJson({ folder: at, written });
      else process.stdout.write(`${written.join('\n')}\nfill in what "wugang rules lint ${folder}" lists\n`);
    });
}
