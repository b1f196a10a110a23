import { stat } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Fault } from '#libs/domain/problem.js';
import { defaultBookFolder } from '#libs/platform/load-book.js';
import { type LoadedTables, loadTable, loadTables } from '#libs/platform/tables/load-tables.js';
import { columnsOf, readTables } from '#libs/rules/tables/read-table.js';
import { CommandFailed, printJson } from '../../output.js';

export function addTableCheck(table: Command): void {
  table
    .command('check')
    .description('check tables for gaps, overlaps and cells that cannot be read: every fault with its line and column')
    .argument('[path]', 'folder of a rule book, or one file: <id>.table.json, <id>.csv, <id>.xlsx', defaultBookFolder())
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  wugang rules table check ./my-book/tables/micro-credit.csv')
    .action(async (path: string, { json }: { json?: true }) => {
      const loaded = await tablesAt(resolve(path));
      const faults: Fault[] = [...loaded.faults];
      const tables = readTables(loaded.sources, faults);
      const good = [...tables.values()].map(({ content }) => ({
        id: content.id,
        hitPolicy: content.hitPolicy,
        columns: columnsOf(content),
        rows: content.rows.length,
      }));
      if (json === true) {
        printJson({ tables: good, faults });
        if (faults.length > 0) process.exitCode = 1;
        return;
      }
      for (const { id, rows, hitPolicy } of good) process.stdout.write(`${id}: ${rows} rows, ${hitPolicy}, no fault\n`);
      if (faults.length > 0) throw new CommandFailed(`${faults.length} faults`, faults);
    });
}

async function tablesAt(path: string): Promise<LoadedTables> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new CommandFailed(`there is no ${path}`);
  if (found.isDirectory()) return loadTables(path);
  const name = basename(path);
  const isDefinition = name.endsWith('.table.json');
  const id = isDefinition ? name.slice(0, -'.table.json'.length) : basename(name, extname(name));
  return loadTable(dirname(path), `${id}.table.json`, isDefinition ? `${id}.csv` : name);
}
