import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { TableUnreadable } from '#libs/platform/csv/read-table.js';
import { customersMapping, TestImport } from '#libs/testing/test-import.js';

let importing: TestImport;
beforeAll(async () => {
  importing = await TestImport.open();
});
afterAll(() => importing.close());

const names = async () =>
  (await importing.rows<{ name: string }>('select name from party order by external_ref')).map(({ name }) => name);
beforeEach(async () => {
  await importing.rows(`update party set name = '-'`);
});
const CSV = 'no,name\n1,张三\n2,李四\n';

describe('a file of customers, however it was exported', () => {
  it.each<[string, object, string | Buffer]>([
    ['UTF-8', {}, CSV],
    ['UTF-8 with a byte order mark', {}, `\uFEFF${CSV}`],
    ['GB18030', { encoding: 'gb18030' }, iconv.encode(CSV, 'gb18030')],
    ['GBK', { encoding: 'gbk' }, iconv.encode(CSV, 'gbk')],
    ['UTF-16', { encoding: 'utf-16le' }, iconv.encode(CSV, 'utf16le', { addBOM: true })],
    ['Windows line ends', {}, CSV.replaceAll('\n', '\r\n')],
    ['old Macintosh line ends', {}, CSV.replaceAll('\n', '\r')],
    ['no line end at the end', {}, CSV.trimEnd()],
    ['empty lines', {}, CSV.replaceAll('\n', '\n\n')],
    ['semicolons', { delimiter: ';' }, CSV.replaceAll(',', ';')],
    ['tabs', { delimiter: '\t' }, CSV.replaceAll(',', '\t')],
    ['quotes around everything', {}, '"no","name"\n"1","张三"\n"2","李四"\n'],
    ['single quotes', { quote: "'" }, "no,name\n'1','张三'\n'2','李四'\n"],
    ['no quotes at all', { quote: null }, CSV],
    ['spaces around the cells', {}, 'no , name\n 1 , 张三 \n 2,李四\n'],
    ['lines before the header', { skipLines: 2 }, `县联社导出\n2026-11-24\n${CSV}`],
    ['no header', { header: false, columns: ['no', 'name'] }, '1,张三\n2,李四\n'],
    ['a header that is renamed', { columns: ['no', 'name'], header: true }, '客户号,姓名\n1,张三\n2,李四\n'],
  ])('%s', async (_, source, content) => {
    const report = await importing.take(customersMapping(source), { 'people.csv': content });
    expect(report).toMatchObject({ taken: { customer: 2 }, refusedLines: 0 });
    expect(await names()).toEqual(['张三', '李四']);
  });

  it('gzip, told by the ending of its name', async () => {
    const report = await importing.take(customersMapping({ file: 'people.csv.gz' }), {
      'people.csv.gz': gzipSync(CSV),
    });
    expect(report.taken).toEqual({ customer: 2 });
  });

  it('a quoted cell may hold separators, quotes and line ends', async () => {
    await importing.take(customersMapping(), { 'people.csv': 'no,name\n1,"张,三\n""小张"""\n' });
    expect(await names()).toEqual(['张,三\n"小张"', '-']);
  });

  it('the same files again change nothing', async () => {
    const before = await importing.rows('select count(*)::int as n from party');
    await importing.take(customersMapping(), { 'people.csv': CSV });
    await importing.take(customersMapping(), { 'people.csv': CSV });
    expect(await importing.rows('select count(*)::int as n from party')).toEqual(before);
  });
});

describe('a file with broken lines', () => {
  it('ragged lines are refused with their number and cause; the rest goes in', async () => {
    const report = await importing.take(customersMapping(), {
      'people.csv': 'no,name\n1,张三\n2\n3,王五,多余\n4,赵六\n',
    });
    expect(report).toMatchObject({ taken: { customer: 2 }, refusedLines: 2 });
    expect(report.refused).toMatchObject([
      {
        file: 'people.csv',
        line: 3,
        faults: [{ code: 'csv.ragged-line', text: { en: '1 columns where 2 are named' } }],
      },
      { file: 'people.csv', line: 4, faults: [{ code: 'csv.ragged-line' }] },
    ]);
  });

  it('bytes of another encoding than stated are refused, not taken as they look', async () => {
    const report = await importing.take(customersMapping(), {
      'people.csv': iconv.encode('no,name\n1,张三\n2,Li Si\n', 'gb18030'),
    });
    expect(report.refused).toMatchObject([{ line: 2, faults: [{ code: 'csv.wrong-encoding' }] }]);
    expect(report.taken).toEqual({ customer: 1 });
  });

  it('the same record twice in a file is taken once', async () => {
    const report = await importing.take(customersMapping(), { 'people.csv': 'no,name\n1,张三\n1,张三丰\n' });
    expect(report.refused).toMatchObject([{ line: 3, faults: [{ code: 'import.twice' }] }]);
    expect((await names())[0]).toBe('张三');
  });

  it.each([
    ['an unclosed quote', 'no,name\n1,张三\n2,"李四\n3,王五\n', 'csv.quote-not-closed'],
    ['an empty file', '', 'file.empty'],
  ])('%s: nothing of the file goes in', async (_, content, code) => {
    const taking = importing.take(customersMapping(), { 'people.csv': content });
    await expect(taking).rejects.toThrow(TableUnreadable);
    await taking.catch((cause: TableUnreadable) => expect(cause.faults).toMatchObject([{ code }]));
    expect(new Set(await names())).toEqual(new Set(['-']));
  });

  it('a gzip file that is cut short: nothing of it goes in', async () => {
    const many = `no,name\n${Array.from({ length: 5000 }, (_, n) => `x${n},客户${n * 7919}`).join('\n')}\n`;
    const whole = gzipSync(many);
    const taking = importing.take(customersMapping({ file: 'people.csv.gz' }), {
      'people.csv.gz': whole.subarray(0, whole.length / 2),
    });
    await expect(taking).rejects.toThrow(TableUnreadable);
    expect(await importing.rows(`select count(*)::int as n from party where external_ref like 'x%'`)).toEqual([
      { n: 0 },
    ]);
  });

  it('a file that is not there', async () => {
    const taking = importing.take(customersMapping(), {});
    await taking.catch((cause: TableUnreadable) =>
      expect(cause.faults).toMatchObject([{ path: 'people.csv', code: 'file.missing' }]),
    );
    await expect(taking).rejects.toThrow(TableUnreadable);
  });
});

it('200,000 lines go in by batches, with the broken ones listed', async () => {
  const lines = Array.from({ length: 200_000 }, (_, n) => (n % 50_000 === 49_999 ? `b${n}` : `b${n},客户${n}`));
  const report = await importing.take(customersMapping(), { 'people.csv': `no,name\n${lines.join('\n')}\n` });
  expect(report).toMatchObject({ taken: { customer: 199_996 }, refusedLines: 4 });
  expect(report.refused.map(({ line }) => line)).toEqual([50_001, 100_001, 150_001, 200_001]);
  expect(await importing.rows(`select count(*)::int as n from party where external_ref like 'b%'`)).toEqual([
    { n: 199_996 },
  ]);
});
