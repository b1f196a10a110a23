import { mappingSchema } from '#libs/contracts/import/mapping.js';
import { customersMapping, TestImport } from '#libs/testing/test-import.js';

let importing: TestImport;
beforeAll(async () => {
  importing = await TestImport.open();
});
afterAll(() => importing.close());

/** One customer whose field is read as `field` says from a cell, or the faults of the line. */
async function read(name: string, field: object | string, cell: string): Promise<unknown> {
  const mapping = customersMapping({ missing: ['NA', '-'] }, { [name]: field });
  const quoted = `"${cell.replaceAll('"', '""')}"`;
  const report = await importing.take(mapping, { 'people.csv': `no,name,cell\n1,张三,${quoted}\n` });
  if (report.refusedLines > 0) return report.refused[0]!.faults.map(({ path, code }) => `${path} ${code}`).join();
  const [row] = await importing.rows<Record<string, unknown>>(
    `select monthly_income_fen::text, income_as_of::text, residence::text, address, identity_tail, credit_level::text from party where external_ref = '1'`,
  );
  return row![COLUMNS[name]!];
}

const COLUMNS: Readonly<Record<string, string>> = {
  monthlyIncome: 'monthly_income_fen',
  incomeAsOf: 'income_as_of',
  residence: 'residence',
  address: 'address',
  identity: 'identity_tail',
};

describe('money', () => {
  it.each([
    ['96396', {}, '9639600'],
    ['96,396.50', {}, '9639650'],
    ['96396.5', {}, '9639650'],
    ['0.01', {}, '1'],
    ['1.100', {}, '110'],
    ['150', { unit: 'fen' }, '150'],
    ['12.3456', { unit: 'ten-thousand-yuan' }, '12345600'],
    ['1', { unit: 'ten-thousand-yuan' }, '1000000'],
    ['NA', {}, null],
    ['', {}, null],
  ])('%s %j is %s fen', async (cell, unit, fen) => {
    expect(await read('monthlyIncome', { column: 'cell', ...unit }, cell)).toBe(fen);
  });

  it.each([
    ['1.005', {}, 'import.money'],
    ['1e5', {}, 'import.money'],
    ['96.396,00', {}, 'import.money'],
    ['twelve', {}, 'import.money'],
    ['NaN', {}, 'import.money'],
    ['Infinity', {}, 'import.money'],
    ['-1', {}, 'import.negative'],
    ['90071992547409.92', {}, 'import.money'],
    ['1.5', { unit: 'fen' }, 'import.money'],
    ['12.34567', { unit: 'ten-thousand-yuan' }, '123456.70 is whole'],
  ])('%s %j is refused', async (cell, unit, code) => {
    const outcome = await read('monthlyIncome', { column: 'cell', ...unit }, cell);
    expect(outcome).toBe(code.startsWith('import') ? `/monthlyIncome ${code}` : '12345670');
  });
});

describe('dates', () => {
  it.each([
    ['2026-02-28', {}, '2026-02-28'],
    ['28/02/2026', { date: 'dd/MM/yyyy' }, '2026-02-28'],
    ['20260228', { date: 'yyyyMMdd' }, '2026-02-28'],
    ['931231', { date: 'yyMMdd', century: 1900 }, '1993-12-31'],
    ['050101', { date: 'yyMMdd', century: 1950 }, '2005-01-01'],
    ['Aug-2015', { date: 'MMM-yyyy' }, '2015-08-01'],
    ['2024-02-29', {}, '2024-02-29'],
  ])('%s %j is %s', async (cell, how, date) => {
    expect(await read('incomeAsOf', { column: 'cell', ...how }, cell)).toBe(date);
  });

  it.each([
    ['2026-02-29', {}],
    ['2026-13-01', {}],
    ['2026-1-1', {}],
    ['yesterday', {}],
    ['00000000', { date: 'yyyyMMdd' }],
    ['0000-01-01', {}],
    ['1799-12-31', {}],
  ])('%s %j does not exist', async (cell, how) => {
    expect(await read('incomeAsOf', { column: 'cell', ...how }, cell)).toBe('/incomeAsOf import.date');
  });
});

describe('texts of a fixed set', () => {
  const map = { column: 'cell', map: { 农村: 'rural', 城镇: 'urban' } };

  it.each([
    ['rural', 'cell', 'rural'],
    ['农村', map, 'rural'],
    ['未知', { ...map, otherwise: 'urban' }, 'urban'],
    ['-', map, null],
    ['-', { ...map, ifMissing: { value: 'rural' } }, 'rural'],
  ])('%s is read', async (cell, field, value) => {
    expect(await read('residence', field, cell)).toBe(value);
  });

  it.each([
    ['countryside', 'cell', 'import.not-allowed'],
    ['未知', map, 'import.not-mapped'],
    ['constructor', map, 'import.not-mapped'],
  ])('%s is refused', async (cell, field, code) => {
    expect(await read('residence', field, cell)).toBe(`/residence ${code}`);
  });
});

describe('texts and derived fields', () => {
  it.each<[string, object, string]>([
    ['a template over columns', { template: '{no}号 {name}' }, '1号 张三'],
    ['an expression', { expression: '$uppercase(cell) & no' }, 'ABC1'],
    ['a constant', { const: '全部' }, '全部'],
    ['the date given', { asOf: true }, '2026-11-24'],
    ['the line', { lineNumber: true }, '2'],
    ['the first that has a value', { firstOf: ['cell', 'name'] }, 'abc'],
  ])('%s', async (_, field, value) => {
    expect(await read('address', field, 'abc')).toBe(value);
  });

  it('a template over a missing cell is missing', async () => {
    expect(await read('address', { template: '{cell}号' }, 'NA')).toBeNull();
  });

  it('a NUL character and 501 characters are refused', async () => {
    expect(await read('address', 'cell', 'a\u0000b')).toBe('/address import.control-character');
    expect(await read('address', 'cell', 'x'.repeat(501))).toBe('/address import.too-long');
  });
});

describe('identity numbers', () => {
  it('one of 15 digits is kept as the one of 18', async () => {
    expect(await read('identity', 'cell', '110105491231002')).toBe('002X');
  });

  it('a wrong check character is refused', async () => {
    expect(await read('identity', 'cell', '110105194912310021')).toBe('/identity import.identity');
  });

  it('one person under two numbers of the source, in one file or in two, is refused', async () => {
    const mapping = customersMapping({}, { identity: 'id' });
    const twice = await importing.take(mapping, {
      'people.csv': 'no,name,id\n71,张三,440524188001010014\n72,张三,440524188001010014\n',
    });
    expect(twice.refused).toMatchObject([{ line: 3, faults: [{ code: 'import.twice' }] }]);
    const later = await importing.take(mapping, { 'people.csv': 'no,name,id\n73,张三,440524188001010014\n74,李四,\n' });
    expect(later.refused).toMatchObject([{ line: 2, faults: [{ path: '/identity', code: 'import.taken' }] }]);
    expect(later.taken).toEqual({ customer: 1 });
  });
});

describe('all that is wrong with a line is told', () => {
  it('values first, then what does not fit together', async () => {
    const mapping = customersMapping({}, { monthlyIncome: 'income', incomeAsOf: 'on', residence: 'where' });
    const report = await importing.take(mapping, { 'people.csv': 'no,name,income,on,where\n9,,-5,2026-02-30,moon\n' });
    expect(report.refused[0]!.faults.map(({ path }) => path)).toEqual([
      '/name',
      '/residence',
      '/monthlyIncome',
      '/incomeAsOf',
    ]);
  });

  it('a loan: dates in order, a principal above zero, no balance once settled, a borrower that is there', async () => {
    const loan = (fields: object) =>
      mappingSchema.parse({
        version: 1,
        name: 'loans',
        union: { code: 'IMPORT', name: '导入联社' },
        sources: { loans: { file: 'loans.csv' }, units: { file: 'units.csv' } },
        records: [
          { record: 'orgUnit', from: 'units', fields: { ref: 'no', name: 'no', location: { const: 'township' } } },
          { record: 'customer', from: 'units', fields: { ref: 'no', name: 'no' } },
          {
            record: 'loan',
            from: 'loans',
            fields: {
              ref: 'no',
              branch: { const: 'B1' },
              customer: 'who',
              principal: 'sum',
              issuedOn: 'on',
              ...fields,
            },
          },
        ],
      });
    const files = {
      'units.csv': 'no\nB1\n',
      'loans.csv':
        'no,who,sum,on,due,state,left\nL1,B1,0,2026-01-02,2026-01-01,settled,5\nL2,X9,10,2026-01-02,2027-01-01,outstanding,5\n',
    };
    const report = await importing.take(
      loan({ dueOn: 'due', settledOn: 'due', status: 'state', balance: 'left' }),
      files,
    );
    expect(report.refused.map(({ line, faults }) => [line, faults.map(({ path, code }) => `${path} ${code}`)])).toEqual(
      [
        [
          2,
          [
            '/dueOn import.dates',
            '/settledOn import.dates',
            '/principal import.zero',
            '/balance import.settled-with-balance',
          ],
        ],
        [3, ['/customer import.leads-nowhere']],
      ],
    );
  });
});
