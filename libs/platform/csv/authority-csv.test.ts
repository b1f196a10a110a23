import iconv from 'iconv-lite';
import { authorityTableFaults, type LimitRow } from '../../domain/authority-table.js';
import type { CivilDate } from '../../domain/civil-date.js';
import { writeWorkbook } from '../xlsx/write-workbook.js';
import { readLimits, writeLimits } from './authority-csv.js';

const period = { from: '2027-01-01' as CivilDate, to: '2027-12-31' as CivilDate };
const rows: LimitRow[] = [
  { branch: '青石', category: 'rural_personal', ...period, limitFen: 12_000_050 },
  { branch: '青石', category: 'farmer_micro_credit', ...period, limitFen: 0 },
];
const cellsOf = (csv: string) =>
  csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
const codesOf = async (bytes: Buffer) => (await readLimits(bytes)).unread.map(({ path, code }) => `${path} ${code}`);

describe('a table of limits (G2)', () => {
  it('is read alike as UTF-8, with its mark, as GB18030 and as a workbook', async () => {
    const csv = writeLimits(rows);
    for (const bytes of [
      Buffer.from(csv),
      Buffer.from(`\uFEFF${csv.replaceAll('\n', '\r\n')}\r\n`),
      iconv.encode(csv, 'gb18030'),
      await writeWorkbook([{ name: '授权', rows: cellsOf(csv) }]),
    ]) {
      const read = await readLimits(bytes);
      expect(read).toEqual({ rows, unread: [], csv });
      const branches = [{ id: '1', code: '青石', categories: rows.map(({ category }) => category) }];
      expect(authorityTableFaults(read.rows, branches, period)).toEqual([]);
    }
  });

  it('tells each cell that cannot be read, and columns that are missing', async () => {
    const csv = writeLimits(rows).replace('rural_personal', 'rural').replace('2027-12-31', '2027-02-30');
    expect(await codesOf(Buffer.from(csv))).toEqual(['/rows/0/category table.cell', '/rows/0/to table.cell']);
    expect(await codesOf(Buffer.from('branch,category\nB01,company\n'))).toEqual([' table.unreadable']);
    expect(await codesOf(Buffer.alloc(0))).toEqual([' file.empty']);
    expect(await codesOf(Buffer.from('PK\x03\x04 and no archive'))).toEqual([' xlsx.not-a-workbook']);
  });
});
