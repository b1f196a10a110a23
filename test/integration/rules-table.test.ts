import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { defaultBookFolder } from '#libs/platform/load-book.js';
import { jsonOf, runCli } from '#libs/testing/run-cli.js';

let folder: string;
let book: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wugang-tables-'));
  book = join(folder, 'book');
  await cp(defaultBookFolder(), book, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const table = (...args: string[]) => runCli(['rules', 'table', ...args], {});
const rowsOf = (id: string) => readFile(join(book, 'tables', `${id}.csv`), 'utf8');
const hashOf = async () => (jsonOf(await runCli(['rules', 'lint', book, '--json'], {})) as { hash: string }).hash;

describe('wugang rules table', () => {
  it('check finds the tables of the book that ships in order', async () => {
    const run = await table('check', '--json');
    expect(run.code).toBe(0);
    expect(jsonOf(run)).toEqual({
      tables: ['inspection-frequency', 'loan-to-value', 'micro-credit', 'product-by-location'].map((id) =>
        expect.objectContaining({ id, hitPolicy: 'unique' }),
      ),
      faults: [],
    });
  });

  it.each(['csv', 'xlsx'])('export and import as %s change nothing', async (format) => {
    const [before, hash] = [await rowsOf('product-by-location'), await hashOf()];
    const out = join(folder, `out.${format}`);
    const sent = await table('export', book, 'product-by-location', '--format', format, '--out', out, '--json');
    expect(jsonOf(sent)).toEqual({ table: 'product-by-location', format, out, rows: 6 });
    const taken = await table('import', book, 'product-by-location', out, '--json');
    expect(jsonOf(taken)).toEqual({ table: 'product-by-location', rows: 6, hash });
    expect(await rowsOf('product-by-location')).toBe(before);
  });

  it('import takes GB18030, and the book is another one', async () => {
    const hash = await hashOf();
    const file = join(folder, 'frequency.csv');
    const rows = (await rowsOf('inspection-frequency')).replace(
      'special_mention,-,1,month',
      'special_mention,≥ 0元,2,month',
    );
    await writeFile(file, iconv.encode(rows, 'gb18030'));
    expect((await table('import', book, 'inspection-frequency', file)).code).toBe(0);
    expect(await rowsOf('inspection-frequency')).toContain('special_mention,≥ 0元,2,month');
    expect(await hashOf()).not.toBe(hash);
  });

  it('import of rows that leave a case out or break a rule writes nothing, and says which', async () => {
    const before = await rowsOf('product-by-location');
    const file = join(folder, 'short.csv');
    await writeFile(file, before.replace(/^county_town.*false\n/m, ''));
    const run = await table('import', book, 'product-by-location', file);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/short\.csv\/rows \[table\.gap\] no row fits .*county_town.*farmer_micro_credit/);
    await writeFile(file, before.replaceAll('false', 'true'));
    expect((await table('import', book, 'product-by-location', file)).stderr).toContain('rule.never-true');
    expect(await rowsOf('product-by-location')).toBe(before);
  });

  it('check of one file tells every fault by line and column, and fails', async () => {
    const file = join(book, 'tables', 'micro-credit.csv');
    const before = await rowsOf('micro-credit');
    await writeFile(file, 'applicant.creditLevel,limitFen\nbest,3\ngood,policy.groupPercent\n');
    const run = await table('check', file, '--json');
    expect(run.code).toBe(1);
    const { faults } = jsonOf(run) as { faults: { path: string; code: string }[] };
    expect(faults.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'micro-credit.csv/rows/0/applicant.creditLevel table.cell',
      'micro-credit.csv/rows/1/limitFen table.unit',
    ]);
    expect((await table('check', book)).stderr).toContain('line 2, applicant.creditLevel: "best" is none of');
    await writeFile(file, before);
  });

  it('a table, a book or a folder that is not there is told of', async () => {
    const out = join(folder, 'x.csv');
    expect((await table('export', book, 'limits', '--out', out)).stderr).toContain('it has: inspection-frequency');
    expect((await table('check', join(folder, 'nowhere'))).stderr).toContain('there is no ');
    expect((await table('import', book, 'micro-credit', join(folder, 'nothing.xlsx'))).stderr).toContain(
      'file.missing',
    );
    const where = join(folder, 'no', 'x.csv');
    expect((await table('export', book, 'micro-credit', '--out', where)).stderr).toContain('cannot write');
  });
});
