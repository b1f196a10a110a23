import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { civilDateOf, parseCivilDate } from '#libs/domain/civil-date.js';
import { BookStore } from '#libs/persistence/book-store.js';
import { exportBook } from '#libs/persistence/export-book.js';
import { createPool, inUnion } from '#libs/persistence/pool.js';
import { ofNoUnit, reading } from '#libs/persistence/scope.js';
import { systemClock, systemIds } from '#libs/platform/clock.js';
import { readConfig } from '#libs/platform/config.js';
import { openDatabase } from '#libs/platform/database.js';
import { CommandFailed, printJson } from '../output.js';
import { unionOf } from '../union-of.js';

interface ExportOptions {
  readonly hash?: string;
  readonly on?: string;
  readonly union?: string;
  readonly json?: true;
}

export function addRulesExport(rules: Command): void {
  rules
    .command('export')
    .description('write a published book as a folder: rules, tables, parameters, cases, signature')
    .argument('<folder>', 'folder to write')
    .option('--hash <hash>', 'the book of this address')
    .option('--on <date>', 'the book in force on this day; today where neither is said')
    .option('--union <code>', 'county union; needed where there are several')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  wugang rules export ./in-force --on 2026-12-31')
    .action(write);
}

async function write(folder: string, options: ExportOptions): Promise<void> {
  const on = options.on === undefined ? civilDateOf(systemClock.now()) : parseCivilDate(options.on);
  if (on === null) throw new CommandFailed(`${options.on} is no date of the calendar, YYYY-MM-DD`);
  const database = await openDatabase(readConfig(process.env));
  const pool = createPool(database.appUrl, 1);
  try {
    const unionId = await unionOf(pool, options.union);
    const { secret } = database;
    const books = new BookStore(pool, systemIds, secret);
    const files = await inUnion(pool, reading(ofNoUnit(unionId)), (sql) =>
      exportBook(sql, books, { unionId, hash: options.hash ?? null, on, secret }),
    );
    if (files === null) throw new CommandFailed('there is no such published book');
    for (const [name, content] of files) {
      const file = join(resolve(folder), name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
    }
    const names = [...files.keys()];
    if (options.json === true) printJson({ folder: resolve(folder), files: names });
    else process.stdout.write(`${names.length} files written to ${resolve(folder)}\n`);
  } finally {
    await pool.end();
    await database.stop();
  }
}
