import type { Command } from 'commander';
import { addTableCheck } from './table/check.js';
import { addTableExport } from './table/export.js';
import { addTableImport } from './table/import.js';

export function addRulesTable(rules: Command): void {
  const table = rules.command('table').description('decision tables: check them, take them out and in as CSV or XLSX');
  addTableCheck(table);
  addTableExport(table);
  addTableImport(table);
}
