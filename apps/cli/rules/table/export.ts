import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { loadBook } from '#libs/platform/load-book.js';
import { writeTableCsv } from '#libs/platform/tables/table-csv.js';
import { writeTableXlsx } from '#libs/platform/tables/table-xlsx.js';
import { CommandFailed, printJson } from '../../output.js';
import { tableOfBook } from './table-of-book.js';

interface Options {
  readonly format: 'csv' | 'xlsx';
  readonly out: string;
  readonly json?: true;
}

export function addTableExport(table: Command): void {
  table
    .command('export')
    .description('write the rows of a table to a file')
    .argument('<book>', 'folder of the rule book')
    .argument('<id>', 'the table')
    .addOption(new Option('--format <format>', 'of the file').choices(['csv', 'xlsx']).default('csv'))
    .requiredOption('--out <file>', 'the file to write')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  wugang rules table export ./my-book micro-credit --format xlsx --out limits.xlsx',
    )
    .action(async (book: string, id: string, { format, out, json }: Options) => {
      const { content } = tableOfBook((await loadBook(resolve(book))).book, id);
      const bytes = format === 'xlsx' ? await writeTableXlsx(content) : writeTableCsv(content, { mark: true });
      await writeFile(resolve(out), bytes).catch((cause: NodeJS.ErrnoException) => {
        throw new CommandFailed(`cannot write ${out}: ${cause.code}`);
      });
      const rows = content.rows.length;
      if (json === true) printJson({ table: id, format, out, rows });
      else process.stdout.write(`${rows} rows of ${id} in ${out}\n`);
    });
}
