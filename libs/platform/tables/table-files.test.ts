import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import iconv from 'iconv-lite';
import type { Fault } from '#libs/domain/problem.js';
import { columnsOf, readTables } from '#libs/rules/tables/read-table.js';
import type { DecisionTable } from '#libs/rules/tables/table-format.js';
import { loadTable, readCells } from './load-tables.js';
import { readCsvCells, writeTableCsv } from './table-csv.js';
import { readXlsxCells, writeTableXlsx } from './table-xlsx.js';

const words = { zh: '限额', en: 'Limits' };
const table: DecisionTable = {
  id: 'limits',
  title: words,
  clause: 'G2',
  source: words,
  own: true,
  hitPolicy: 'unique',
  inputs: [
    { name: 'grade', type: 'text', values: ['甲', '"乙"', '丙'], label: words },
    { name: 'amountFen', type: 'number', unit: 'fen', label: words },
  ],
  outputs: [
    { name: 'note', type: 'text', label: words },
    { name: 'limitFen', type: 'number', unit: 'fen', label: words },
    { name: 'allowed', type: 'boolean', label: words },
  ],
  rows: [],
};

const cell = fc
  .oneof(
    fc.constantFrom('-', '', '>= 10000', '[0..5)', '0012', '70.0', '70', 'true', 'TRUE', '=1+1', '甲, 等', "it's"),
    fc.integer().map(String),
    fc.string({ unit: 'binary', maxLength: 6 }),
  )
  .map((text) => text.trim());
const rows = fc
  .array(fc.tuple(cell, cell, cell, cell, cell), { maxLength: 8 })
  .filter((all) => all.length === 0 || all.at(-1)!.some((text) => text !== ''));

describe('a table goes out and comes in without loss', () => {
  it('as CSV, with the mark of a spreadsheet or without', async () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (all, mark) => {
        const read = readCsvCells(Buffer.from(writeTableCsv({ ...table, rows: all }, { mark })), 'limits.csv');
        expect(read).toEqual({ cells: [columnsOf(table), ...all] });
      }),
      { numRuns: 500 },
    );
  });

  it('as XLSX', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const read = await readXlsxCells(await writeTableXlsx({ ...table, rows: all }), 'limits.xlsx', 'limits');
        expect(read).toEqual({ cells: [columnsOf(table), ...all] });
      }),
      { numRuns: 200 },
    );
  });
});

describe('a CSV file is read whatever wrote it', () => {
  const text = 'grade,amountFen,note,limitFen,allowed\r\n丙,-,农户小额,5,true\r\n\r\n';
  const cells = [columnsOf(table), ['丙', '-', '农户小额', '5', 'true']];

  it.each(['utf-8', 'gb18030', 'utf-16le', 'utf-16be'])('%s, with CRLF and empty lines at its end', (encoding) => {
    const bytes = iconv.encode(text, encoding, { addBOM: encoding.startsWith('utf-16') });
    expect(readCsvCells(bytes, 'limits.csv')).toEqual({ cells });
  });

  it('the old line ends of a Mac, too', () => {
    expect(readCsvCells(Buffer.from(text.replaceAll('\r\n', '\r')), 'limits.csv')).toEqual({ cells });
  });

  const codesOf = (bytes: Buffer) => {
    const read = readCsvCells(bytes, 'limits.csv');
    return 'faults' in read ? read.faults.map(({ path, code, text: { en } }) => `${path} ${code}: ${en}`) : [];
  };
  it('what is no text, no CSV, or empty is told of', () => {
    expect(codesOf(Buffer.from([0x61, 0x2c, 0xff, 0xff, 0xff, 0x80]))).toEqual([
      expect.stringContaining('limits.csv csv.wrong-encoding'),
    ]);
    expect(codesOf(Buffer.from('a,b\n1,"2\n'))).toEqual([expect.stringMatching(/csv\.quote-not-closed.*line 2/)]);
    expect(codesOf(Buffer.from('\n\n'))).toEqual(['limits.csv file.empty: the file is empty']);
  });
});

describe('a file that is no table is told of, with its place', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wugang-tables-'));
    const { rows: _, ...definition } = table;
    await writeFile(join(folder, 'limits.table.json'), JSON.stringify(definition));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const faultsOf = async (name: string, bytes: Buffer | string): Promise<string[]> => {
    await writeFile(join(folder, name), bytes);
    const loaded = await loadTable(folder, 'limits.table.json', name);
    const faults: Fault[] = [...loaded.faults];
    readTables(loaded.sources, faults);
    return faults.map(({ path, code }) => `${path} ${code}`);
  };
  const HEADER = 'grade,amountFen,note,limitFen,allowed';
  const sheet = async (all: (string | number | null)[][], more = {}) =>
    Buffer.from(await writeXlsx({ sheets: [{ name: 'limits', rows: [HEADER.split(','), ...all], ...more }] }));

  it('a million rows', async () => {
    expect(await faultsOf('many.csv', `${HEADER}\n${'-,-,x,1,true\n'.repeat(1_000_000)}`)).toEqual([
      'many.csv/rows table.too-many-rows',
    ]);
    expect(await faultsOf('huge.csv', Buffer.alloc(16 * 1024 * 1024 + 1, 'a'))).toEqual(['huge.csv file.too-large']);
    const rows = Array.from({ length: 30_000 }, () => ['-', '-', 'x', 1, 'true']);
    expect(await faultsOf('many.xlsx', await sheet(rows))).toEqual([
      'many.xlsx/xl/worksheets/sheet1.xml xlsx.too-many-rows',
    ]);
  });

  it('merged cells, formulas and percentages in a workbook, all at once', async () => {
    const cells = new Map<string, object>([
      ['2,3', { formula: 'D2*2', formulaResult: 10 }],
      ['1,3', { value: 0.7, style: { numFmt: '0%' } }],
    ]);
    const merges = [{ startRow: 1, startCol: 0, endRow: 2, endCol: 0 }];
    const rows = [
      ['丙', '-', 'x', 0.7, 'true'],
      [null, '-', 'x', null, 'true'],
    ];
    expect((await faultsOf('odd.xlsx', await sheet(rows, { cells, merges }))).sort()).toEqual([
      'odd.xlsx/limits!A2:A3 xlsx.merged-cells',
      'odd.xlsx/limits!D2 xlsx.percent-format',
      'odd.xlsx/limits!D3 xlsx.formula',
    ]);
  });

  it('another sheet, no workbook, no file', async () => {
    const other = Buffer.from(await writeXlsx({ sheets: [{ name: 'a' }, { name: 'b' }] }));
    expect(await faultsOf('other.xlsx', other)).toEqual(['other.xlsx xlsx.no-sheet']);
    expect(await faultsOf('text.xlsx', HEADER)).toEqual(['text.xlsx xlsx.not-a-workbook']);
    expect(await readCells(join(folder, 'none.csv'), 'none.csv', 'limits')).toEqual({
      faults: [expect.objectContaining({ path: 'none.csv', code: 'file.missing' })],
    });
  });

  it('numbers kept as texts are read; a text where a number belongs is told of by line and column', async () => {
    expect(await faultsOf('texts.xlsx', await sheet([['-', '-', 'x', '500', 'true']]))).toEqual([]);
    expect(await faultsOf('texts.xlsx', await sheet([['-', '-', 'x', '5 hundred', 'true']]))).toEqual([
      'texts.xlsx/rows/0/limitFen table.output-type',
    ]);
  });

  it('columns that are missing, strange or there twice, and lines of another width', async () => {
    expect(await faultsOf('columns.csv', 'grade,amount,note,note,allowed\n')).toEqual([
      'columns.csv/columns table.no-column',
      'columns.csv/columns table.no-column',
      'columns.csv/columns table.unknown-column',
      'columns.csv/columns table.column-twice',
    ]);
    expect(await faultsOf('ragged.csv', `${HEADER}\n-,-,x,1,true,\n\n-,-,x,1\n`)).toEqual([
      'ragged.csv/rows/0 table.width',
      'ragged.csv/rows/1 table.width',
      'ragged.csv/rows/2 table.width',
    ]);
  });

  it('columns in another order mean the same', async () => {
    expect(
      await faultsOf('order.csv', 'allowed,limitFen,grade,note,amountFen\ntrue,5,丙,x,-\ntrue,5,"""乙""",x,-\n'),
    ).toEqual(['order.csv/rows table.gap']);
  });
});
