import { type Cell, type CellValue, colToLetter, type MergeRange, readXlsx, type Sheet } from 'hucre/xlsx';
import { type Fault, fault } from '../../domain/problem.js';
import { type ArchiveLimits, archiveFault } from './check-archive.js';
import type { SheetCell, SheetRows } from './write-workbook.js';

export type WorkbookReading = { readonly sheets: readonly SheetRows[] } | { readonly faults: readonly Fault[] };

const LIMITS: ArchiveLimits = { inflatedBytes: 64 * 1024 * 1024, rows: 20_000 };

/**
 * Reads the plain values of a workbook; dates come as YYYY-MM-DD. What has no plain value is a fault at its cells:
 * formulas, error values, percentages, merged cells. `sheet` asks for one sheet: the one of that name, or the only one.
 */
export async function readWorkbook(
  bytes: Buffer,
  { sheet, limits = LIMITS }: { sheet?: string; limits?: ArchiveLimits } = {},
): Promise<WorkbookReading> {
  const unfit = await archiveFault(bytes, limits);
  if (unfit !== null) return { faults: [unfit] };
  let found: readonly Sheet[];
  try {
    found = (await readXlsx(bytes, { readStyles: true })).sheets;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'unreadable';
    return {
      faults: [fault('', 'xlsx.not-a-workbook', { zh: `不是 XLSX 工作簿：${why}`, en: `is no XLSX workbook: ${why}` })],
    };
  }
  const asked = sheet === undefined || found.length === 1 ? found : found.filter(({ name }) => name === sheet);
  if (asked.length === 0) return { faults: [noSuchSheet(sheet ?? '', found)] };
  const faults = asked.flatMap(sheetFaults);
  return faults.length > 0
    ? { faults }
    : { sheets: asked.map(({ name, rows }) => ({ name, rows: rows.map((row) => row.map(plain)) })) };
}

const noSuchSheet = (asked: string, found: readonly Sheet[]): Fault => {
  const names = found.map(({ name }) => name).join(', ');
  return fault('', 'xlsx.no-sheet', {
    zh: `没有工作表“${asked}”，只有：${names}`,
    en: `has no sheet "${asked}", only: ${names}`,
  });
};

const cellName = (row: number, column: number): string => `${colToLetter(column)}${row + 1}`;

function sheetFaults({ name, merges = [], cells = new Map<string, Cell>() }: Sheet): Fault[] {
  const merged = merges.map((range) =>
    fault(`${name}!${rangeName(range)}`, 'xlsx.merged-cells', {
      zh: '合并的单元格须拆开，并在每格填写',
      en: 'cells are merged: unmerge them and fill each',
    }),
  );
  const odd = [...cells].flatMap(([key, cell]) => {
    const [row = 0, column = 0] = key.split(',').map(Number);
    const at = `${name}!${cellName(row, column)}`;
    if (cell.formula !== undefined || cell.formulaType !== undefined)
      return [
        fault(at, 'xlsx.formula', {
          zh: '公式须改为其数值',
          en: 'holds a formula: put its value instead',
        }),
      ];
    if (cell.type === 'number' && cell.style?.numFmt?.includes('%') === true)
      return [
        fault(at, 'xlsx.percent-format', {
          zh: '单元格为百分比格式：请改为常规格式并直接填写数字',
          en: 'is formatted as a percentage, so 70% is kept as 0.7: make it a plain number',
        }),
      ];
    return cell.type === 'error' ? [fault(at, 'xlsx.error-value', { zh: '是错误值', en: 'holds an error value' })] : [];
  });
  return [...merged, ...odd];
}

const rangeName = ({ startRow, startCol, endRow, endCol }: MergeRange): string =>
  `${cellName(startRow, startCol)}:${cellName(endRow, endCol)}`;

function plain(value: CellValue): SheetCell {
  if (value instanceof Date) {
    const [day = '', time = ''] = value.toISOString().split('T');
    return time === '00:00:00.000Z' ? day : `${day} ${time.slice(0, 8)}`;
  }
  return value;
}
