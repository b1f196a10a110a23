import { type CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { fault } from '../../domain/problem.js';
import { columnsOf } from '../../rules/tables/read-table.js';
import type { DecisionTable } from '../../rules/tables/table-format.js';
import { decodeText } from '../csv/decode-text.js';
import { type CellsReading, MOST_LINES, withoutEmptyEnd } from './cells.js';

/** Reads the cells of a CSV file, whatever its encoding and its line ends. */
export function readCsvCells(bytes: Buffer, file: string): CellsReading {
  const decoded = decodeText(bytes, file);
  if ('fault' in decoded) return { faults: [decoded.fault] };
  try {
    const rows: string[][] = parse(decoded.text, {
      bom: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      to: MOST_LINES,
    });
    const cells = withoutEmptyEnd(rows);
    if (cells.length > 0) return { cells };
    return { faults: [fault(file, 'file.empty', { zh: '文件是空的', en: 'the file is empty' })] };
  } catch (cause) {
    const { message, code } = cause as CsvError;
    const name = code.toLowerCase().replace('csv_', 'csv.').replaceAll('_', '-');
    return { faults: [fault(file, name, { zh: `CSV 格式错误：${message}`, en: message })] };
  }
}

/** The rows of a table as CSV. `mark` puts the mark in front by which a spreadsheet knows that it is UTF-8. */
export const writeTableCsv = (table: DecisionTable, { mark }: { mark: boolean }): string =>
  stringify([columnsOf(table), ...table.rows], { bom: mark });
