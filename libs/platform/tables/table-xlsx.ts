import { columnsOf } from '../../rules/tables/read-table.js';
import type { DecisionTable } from '../../rules/tables/table-format.js';
import { readWorkbook } from '../xlsx/read-workbook.js';
import { type SheetCell, writeWorkbook } from '../xlsx/write-workbook.js';
import { type CellsReading, withoutEmptyEnd } from './cells.js';

/** A sheet's name has at most 31 characters. */
const sheetName = (id: string): string => id.slice(0, 31);

/** Reads the cells of a table's sheet: the one that is named as the table, or the only one. */
export async function readXlsxCells(bytes: Buffer, file: string, id: string): Promise<CellsReading> {
  const reading = await readWorkbook(bytes, { sheet: sheetName(id) });
  if ('faults' in reading)
    return { faults: reading.faults.map((one) => ({ ...one, path: one.path === '' ? file : `${file}/${one.path}` })) };
  const rows = withoutEmptyEnd((reading.sheets[0]?.rows ?? []).map((row) => row.map(asText)));
  const width = Math.max(0, ...rows.map((row) => row.findLastIndex((cell) => cell !== '') + 1));
  return { cells: rows.map((row) => Array.from({ length: width }, (_, place) => row[place] ?? '')) };
}

const asText = (cell: SheetCell): string => (cell === null ? '' : String(cell));

/** A number or a truth value where it reads back as it was written: `0012` and `70.0` stay texts. */
const asCell = (text: string): SheetCell => {
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && String(Number(text)) === text && Number.isFinite(Number(text)) ? Number(text) : text || null;
};

/** A table as a workbook of one sheet. */
export const writeTableXlsx = (table: DecisionTable): Promise<Buffer> =>
  writeWorkbook([{ name: sheetName(table.id), rows: [columnsOf(table), ...table.rows.map((row) => row.map(asCell))] }]);
