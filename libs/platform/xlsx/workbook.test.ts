import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { readWorkbook } from './read-workbook.js';
import { type SheetCell, writeWorkbook } from './write-workbook.js';

const faultsOf = async (bytes: Buffer, options = {}) => {
  const reading = await readWorkbook(bytes, options);
  return 'faults' in reading ? reading.faults.map(({ path, code }) => `${path} ${code}`) : [];
};
const written = async (sheet: Parameters<typeof writeXlsx>[0]['sheets'][number]) =>
  Buffer.from(await writeXlsx({ sheets: [sheet] }));

/** Rows without the empty cells and rows at their ends, which a sheet does not keep. */
const trimmed = (rows: readonly (readonly SheetCell[])[]) => {
  const cut = rows.map((row) => row.slice(0, row.findLastIndex((cell) => cell !== null) + 1));
  return cut.slice(0, cut.findLastIndex((row) => row.length > 0) + 1);
};

describe('a workbook keeps what is written into it', () => {
  it('any table of texts, numbers, truth values and empty cells', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom(
        '信用社',
        '0012',
        ' 两端有空格 ',
        "it's <b>&amp;</b>",
        '=1+1',
        '_x0041_',
        'a\nb',
        'a\r\nb\u0001',
        '1e5',
        'TRUE',
      ),
    );
    const number = fc.oneof(fc.integer(), fc.constantFrom(0.1, 70, Number.MAX_SAFE_INTEGER, 1e-9));
    const cell = fc.oneof(text, number, fc.boolean(), fc.constant(null));
    const rows = fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, rows, async (one, two) => {
        const reading = await readWorkbook(
          await writeWorkbook([
            { name: '限额', rows: one },
            { name: 'two', rows: two },
          ]),
        );
        const sheets = 'sheets' in reading ? reading.sheets : [];
        expect(sheets.map(({ name }) => name)).toEqual(['限额', 'two']);
        expect(trimmed(sheets[0]!.rows)).toEqual(trimmed(one));
        expect(trimmed(sheets[1]!.rows)).toEqual(trimmed(two));
      }),
      { numRuns: 200 },
    );
  });

  it('reads the one sheet that is asked for, and a date as its day', async () => {
    const bytes = Buffer.from(
      await writeXlsx({
        sheets: [
          { name: 'notes', rows: [['x']] },
          { name: 'limits', rows: [[new Date('2026-03-01T00:00:00Z')]] },
        ],
      }),
    );
    expect(await readWorkbook(bytes, { sheet: 'limits' })).toEqual({
      sheets: [{ name: 'limits', rows: [['2026-03-01']] }],
    });
    expect(await faultsOf(bytes, { sheet: 'frequency' })).toEqual([' xlsx.no-sheet']);
  });
});

describe('a workbook that has no plain table is told of by its cells', () => {
  it('merged cells, by their range', async () => {
    const merges = [{ startRow: 1, startCol: 0, endRow: 2, endCol: 0 }];
    expect(await faultsOf(await written({ name: 's', rows: [['a'], ['b'], [null]], merges }))).toEqual([
      's!A2:A3 xlsx.merged-cells',
    ]);
  });

  it('formulas, each of them', async () => {
    const cells = new Map([
      ['1,1', { formula: 'A1*2', formulaResult: 4 }],
      ['2,1', { formula: 'A1*3' }],
    ]);
    expect(await faultsOf(await written({ name: 's', rows: [[2], [1, null], [1, null]], cells }))).toEqual([
      's!B2 xlsx.formula',
      's!B3 xlsx.formula',
    ]);
  });

  it('what is no ZIP, a damaged ZIP, and a ZIP that is no workbook', async () => {
    expect(await faultsOf(Buffer.from('level,limit\n'))).toEqual([' xlsx.not-a-workbook']);
    expect(await faultsOf(Buffer.alloc(0))).toEqual([' xlsx.not-a-workbook']);
    const good = await writeWorkbook([{ name: 's', rows: [['a']] }]);
    expect(await faultsOf(good.subarray(0, good.length - 40))).toEqual([' xlsx.not-a-workbook']);
    const spoilt = Buffer.from(good);
    spoilt.fill(0xff, 60, 120);
    expect(await faultsOf(spoilt)).toEqual([expect.stringMatching(/ xlsx\.(damaged|not-a-workbook)$/)]);
    expect(await faultsOf(zipOf('hello.txt', Buffer.from('hello')))).toEqual([' xlsx.not-a-workbook']);
  });
});

describe('a workbook that would fill the memory is refused before it is read', () => {
  const zeros = Buffer.alloc(70 * 1024 * 1024);

  it('one that says that it inflates beyond the limit', async () => {
    const bomb = zipOf('xl/worksheets/sheet1.xml', zeros);
    expect(bomb.length).toBeLessThan(200_000);
    expect(await faultsOf(bomb)).toEqual([' xlsx.too-large']);
  });

  it('one that says less than it inflates to', async () => {
    expect(await faultsOf(zipOf('xl/worksheets/sheet1.xml', zeros, 1000))).toEqual([' xlsx.damaged']);
  });

  it('a million rows, by their count and by their number', async () => {
    const row = Buffer.from('<row><c><v>1</v></c></row>'.repeat(1_000_000));
    expect(await faultsOf(zipOf('xl/worksheets/sheet1.xml', row))).toEqual([
      'xl/worksheets/sheet1.xml xlsx.too-many-rows',
    ]);
    const far = Buffer.from(`<sheetData>${' '.repeat(70_000)}<row spans="1:2" r="1000000"><c r="A1000000"/></row>`);
    expect(await faultsOf(zipOf('xl/worksheets/sheet1.xml', far))).toEqual([
      'xl/worksheets/sheet1.xml xlsx.too-many-rows',
    ]);
  });

  it('a few cells that span the whole sheet', async () => {
    const cells = new Map([['9999,16383', { value: 1 }]]);
    expect(await faultsOf(await written({ name: 's', rows: [[1]], cells }))).toEqual([' xlsx.not-a-workbook']);
  });
});

/** A ZIP of one deflated part, which may say another size than it has. */
function zipOf(name: string, content: Buffer, said = content.length): Buffer {
  const packed = deflateRawSync(content);
  const sizes = (at: number, header: Buffer) => {
    header.writeUInt16LE(8, at);
    header.writeUInt32LE(packed.length, at + 10);
    header.writeUInt32LE(said, at + 14);
    header.writeUInt16LE(name.length, at + 18);
  };
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  sizes(8, local);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  sizes(10, central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end]);
}
