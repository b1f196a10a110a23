import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { LimitRow } from '../../domain/authority-table.js';
import { parseCivilDate } from '../../domain/civil-date.js';
import { formatFen, parseYuan } from '../../domain/money.js';
import { type Fault, fault } from '../../domain/problem.js';
import { PRODUCT_CATEGORIES } from '../../domain/product.js';

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

/** Reads a decision table of limits: the columns branch, category, from, to, limitYuan, in any order. */
export function readLimits(text: string): ReadLimits {
  let records: Cells[];
  try {
    records = parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true });
  } catch (cause) {
    return unreadable(cause instanceof Error ? cause.message : 'not CSV');
  }
  const missing = COLUMNS.filter((column) => !Object.hasOwn(records[0] ?? {}, column));
  if (missing.length > 0) return unreadable(missing.join(', '));
  const unread: Fault[] = [];
  const rows = records.map((cells, index): LimitRow => readRow(cells, `/rows/${index}`, unread));
  return { rows, unread };
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
