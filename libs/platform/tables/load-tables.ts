import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Fault, fault } from '../../domain/problem.js';
import type { TableSource } from '../../rules/tables/read-table.js';
import { isSource, readJsonFile } from '../rule-files/read-json-file.js';
import type { CellsReading } from './cells.js';
import { readCsvCells } from './table-csv.js';
import { readXlsxCells } from './table-xlsx.js';

const DEFINITION = '.table.json';
const LARGEST_FILE = 16 * 1024 * 1024;

export interface LoadedTables {
  readonly sources: readonly TableSource[];
  readonly faults: readonly Fault[];
}

/** Rows that are tried in the place of a table's own. */
export interface RowsInstead {
  readonly id: string;
  readonly rowsFile: string;
  readonly cells: readonly (readonly string[])[];
}

/** The tables of a book's folder: `tables/<id>.table.json` with its rows in `tables/<id>.csv`. */
export async function loadTables(bookFolder: string, instead?: RowsInstead): Promise<LoadedTables> {
  const names = await readdir(join(bookFolder, 'tables')).catch((): string[] => []);
  const ids = names.filter((name) => name.endsWith(DEFINITION)).map((name) => name.slice(0, -DEFINITION.length));
  const strays = names.filter((name) => name.endsWith('.csv') && !ids.includes(name.slice(0, -'.csv'.length)));
  const loaded = await Promise.all(
    ids
      .sort()
      .map((id) =>
        loadTable(
          bookFolder,
          `tables/${id}${DEFINITION}`,
          `tables/${id}.csv`,
          instead?.id === id ? instead : undefined,
        ),
      ),
  );
  return {
    sources: loaded.flatMap(({ sources }) => sources),
    faults: [
      ...loaded.flatMap(({ faults }) => faults),
      ...strays.map((name) =>
        fault(`tables/${name}`, 'table.no-definition', {
          zh: `旁边没有 ${name.replace(/\.csv$/, DEFINITION)}`,
          en: `has no ${name.replace(/\.csv$/, DEFINITION)} beside it`,
        }),
      ),
    ],
  };
}

/** One table from its two files, both relative to `folder`. */
export async function loadTable(
  folder: string,
  file: string,
  ownRows: string,
  instead?: RowsInstead,
): Promise<LoadedTables> {
  const definition = await readJsonFile(folder, file);
  const rowsFile = instead?.rowsFile ?? ownRows;
  const rows = instead ?? (await readCells(join(folder, rowsFile), rowsFile, basename(file, DEFINITION)));
  if (!isSource(definition) || 'faults' in rows)
    return {
      sources: [],
      faults: [...(isSource(definition) ? [] : definition), ...('faults' in rows ? rows.faults : [])],
    };
  return { sources: [{ ...definition, rowsFile, cells: rows.cells }], faults: [] };
}

/** The cells of a CSV or XLSX file, which its name tells apart. */
export async function readCells(path: string, file: string, id: string): Promise<CellsReading> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null)
    return { faults: [fault(file, 'file.missing', { zh: '没有此文件', en: 'there is no such file' })] };
  if (bytes.length > LARGEST_FILE)
    return {
      faults: [
        fault(file, 'file.too-large', {
          zh: `大于 ${LARGEST_FILE} 字节`,
          en: `is larger than ${LARGEST_FILE} bytes`,
        }),
      ],
    };
  return path.toLowerCase().endsWith('.xlsx') ? readXlsxCells(bytes, file, id) : readCsvCells(bytes, file);
}
