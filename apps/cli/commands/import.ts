import type { Command } from 'commander';
import { civilDateOf, parseCivilDate } from '#libs/domain/civil-date.js';
import { systemClock } from '#libs/platform/clock.js';
import { readConfig } from '#libs/platform/config.js';
import { openDatabase } from '#libs/platform/database.js';
import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import { importPortfolio } from '../import-portfolio.js';
import { CommandFailed, printJson, startProgress } from '../output.js';
import { readMapping } from '../read-mapping.js';
import { printRefused } from '../refused.js';

interface ImportOptions {
  mapping: string;
  from: string;
  asOf?: string;
  json?: true;
}

export function addImport(wugang: Command): void {
  wugang
    .command('import')
    .description('take CSV exports in as a mapping file describes them; the same files again change nothing')
    .requiredOption('--mapping <file>', 'mapping of the export')
    .requiredOption('--from <folder>', 'folder of the exported files')
    .option('--as-of <date>', 'date that { "asOf": true } fields take; today where left out')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  wugang import --mapping mapping.json --from ./export --json')
    .action(runImportCommand);
}

async function runImportCommand(options: ImportOptions): Promise<void> {
  const asOf = options.asOf === undefined ? civilDateOf(systemClock.now()) : parseCivilDate(options.asOf);
  if (asOf === null) throw new CommandFailed(`--as-of ${options.asOf} is no date YYYY-MM-DD`);
  const source = { mapping: await readMapping(options.mapping), from: options.from };
  const database = await openDatabase(readConfig(process.env));
  const progress = startProgress();
  try {
    const { report } = await importPortfolio(database, source, asOf, await loadBook(defaultBookFolder()), progress);
    progress.stop();
    if (options.json === true) printJson(report);
    else {
      for (const [kind, count] of Object.entries(report.taken)) process.stdout.write(`${kind.padEnd(16)} ${count}\n`);
      printRefused(report);
    }
  } finally {
    progress.stop();
    await database.stop();
  }
}
