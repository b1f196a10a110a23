import type { ImportReport } from '#libs/persistence/import/import-request.js';
import { printFaults } from './output.js';

const SHOWN = 20;

/** Lists refused lines to standard error, the first of them in full. */
export function printRefused(report: ImportReport): void {
  if (report.refusedLines === 0) return;
  process.stderr.write(`${report.refusedLines} lines refused:\n`);
  for (const { file, line, faults } of report.refused.slice(0, SHOWN)) {
    process.stderr.write(`${file} line ${line}\n`);
    printFaults(faults);
  }
  if (report.refusedLines > SHOWN) process.stderr.write(`… and ${report.refusedLines - SHOWN} more\n`);
}
