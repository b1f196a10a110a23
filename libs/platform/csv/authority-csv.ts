import { stringify } from 'csv-stringify/sync';
import type { LimitRow } from '../../domain/authority-table.js';
import { parseCivilDate } from '../../domain/civil-date.js';
import { formatFen, parseYuan } from '../../domain/money.js';
import { type Fault, fault } from '../../domain/problem.js';
import { PRODUCT_CATEGORIES } from '../../domain/product.js';
import { readCsvCells } from '../tables/table-csv.js';
import { readXlsxCells } from '../tables/table-xlsx.js';

const COLUMNS = ['branch', 'category', 'from', 'to', 'limitYuan'] as const;
type Cells = Readonly<Record<(typeof COLUMNS)[number], string>>;

export interface ReadLimits {
  readonly rows: readonly LimitRow[];
  /** Every cell that cannot be read, by row and column. */
  readonly unread: readonly Fault[];
}

const unreadable = (why: string): ReadLimits => ({
  rows: [],
  unread: [fault('', 'table.unreadable', { zh: `不是授权表：${why}`, en: `no table of limits: ${why}` })],
});

/** A workbook is a ZIP archive, which begins so; no text does. */
const isWorkbook = (bytes: Buffer): boolean => bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04'));

/**
 * Reads a decision table of limits, CSV or XLSX: the columns branch, category, from, to, limitYuan, in any order. `csv`
 * is the table as text, to be kept.
 */
export async function readLimits(bytes: Buffer): Promise<ReadLimits & { readonly csv: string }> {
  const read = isWorkbook(bytes) ? await readXlsxCells(bytes, '', 'limits') : readCsvCells(bytes, '');
  if ('faults' in read) return { rows: [], unread: read.faults, csv: '' };
  const csv = stringify(read.cells as string[][]);
  const [header = [], ...lines] = read.cells.map((row) => row.map((cell) => cell.trim()));
  const missing = COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) return { ...unreadable(missing.join(', ')), csv };
  const unread: Fault[] = [];
  const rows = lines
    .filter((line) => line.some((cell) => cell !== ''))
    .map((line, index): LimitRow => {
      const cells = Object.fromEntries(COLUMNS.map((column) => [column, line[header.indexOf(column)] ?? '']));
      return readRow(cells as Cells, `/rows/${index}`, unread);
    });
  return { rows, unread, csv };
}

function readRow(cells: Cells, at: string, unread: Fault[]): LimitRow {
  const need = <T>(column: keyof Cells, value: T | null | undefined): T => {
    if (value === null || value === undefined)
      unread.push(
        fault(`${at}/${column}`, 'table.cell', {
          zh: `无法识别“${cells[column]}”`,
          en: `cannot be read: "${cells[column]}"`,
        }),
      );
    return value as T;
  };
  const limit = parseYuan(cells.limitYuan);
  return {
    branch: cells.branch,
    category: need(
      'category',
      PRODUCT_CATEGORIES.find((one) => one === cells.category),
    ),
    from: need('from', parseCivilDate(cells.from)),
    to: need('to', parseCivilDate(cells.to)),
    limitFen: need('limitYuan', limit === null || limit < 0n ? null : Number(limit)),
  };
}

/** The same rows as CSV, without loss. */
export const writeLimits = (rows: readonly LimitRow[]): string =>
  stringify(
    rows.map(({ limitFen, ...row }) => ({ ...row, limitYuan: formatFen(limitFen).replaceAll(',', '') })),
    { header: true, columns: [...COLUMNS] },
  );
