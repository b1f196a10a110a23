import { writeXlsx } from 'hucre/xlsx';

/** A cell as a workbook keeps it; null is an empty cell. Money as a number is fen or yuan as its column says. */
export type SheetCell = string | number | boolean | null;

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export interface SheetRows {
  /** At most 31 characters, none of `[]:*?/\`. */
  readonly name: string;
  readonly rows: readonly (readonly SheetCell[])[];
}

/** ECMA-376 writes a character that XML has not as `_xHHHH_`; a text that reads like one must have its `_` written so. */
const escaped = (cell: SheetCell): SheetCell =>
  typeof cell === 'string'
    ? cell.replaceAll(
        /_(?=x[0-9A-Fa-f]{4}_)|[^\P{Cc}\t\n]|[\uFFFE\uFFFF]/gu,
        (one) => `_x${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
      )
    : cell;

/** A workbook (XLSX) of plain values, one sheet after another. Throws hucre's InvalidArgumentError on a sheet name that Excel has not. */
export async function writeWorkbook(sheets: readonly SheetRows[]): Promise<Buffer> {
  const bytes = await writeXlsx({
    sheets: sheets.map(({ name, rows }) => ({ name, rows: rows.map((row) => row.map(escaped)) })),
  });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
