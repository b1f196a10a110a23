import { rename, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { loadBook } from '#libs/platform/load-book.js';
import { readCells } from '#libs/platform/tables/load-tables.js';
import { writeTableCsv } from '#libs/platform/tables/table-csv.js';
import { CommandFailed, printJson } from '../../output.js';
import { tableOfBook } from './table-of-book.js';

export function addTableImport(table: Command): void {
  table
    .command('import')
    .description('put the rows of a file in place of those of a table; nothing is written while the book has a fault')
    .argument('<book>', 'folder of the rule book')
    .argument('<id>', 'the table, which <book>/tables/<id>.table.json defines')
    .argument('<file>', 'CSV (UTF-8 or GB18030) or XLSX')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  wugang rules table import ./my-book micro-credit limits.xlsx')
    .action(async (folder: string, id: string, path: string, { json }: { json?: true }) => {
      const file = basename(path);
      const read = await readCells(resolve(path), file, id);
      if ('faults' in read) throw new CommandFailed('the file cannot be read as a table', read.faults);
      const { book } = await loadBook(resolve(folder), { id, rowsFile: file, cells: read.cells });
      const { content } = tableOfBook(book, id);
      const target = join(resolve(folder), 'tables', `${id}.csv`);
      await writeFile(`${target}.new`, writeTableCsv(content, { mark: false }));
      await rename(`${target}.new`, target);
      const result = { table: id, rows: content.rows.length, hash: book.hash };
      if (json === true) printJson(result);
      else process.stdout.write(`${result.rows} rows in ${id}; the book is now ${result.hash}\n`);
    });
}
