import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import type { Fault } from '../../domain/problem.js';
import { readBook } from '../../rules/book.js';
import { BookUnreadable, defaultBookFolder, loadBook, loadCases } from '../load-book.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wugang-book-'));
  const filter = (path: string) => !path.includes('/cases/') || path.endsWith('/enquiries.json');
  await cp(defaultBookFolder(), folder, { recursive: true, filter });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const RULE = {
  id: 'enquiries',
  clause: 'M2',
  checkpoint: 'intake',
  severity: 'BLOCK',
  answeredBy: null,
  title: { zh: '查询过多', en: 'Too many enquiries' },
  appliesTo: { products: ['*'] },
  effective: { from: '2026-01-01', to: null },
  conditions: { fact: 'bureau.reportPresent', operator: 'equal', value: false } as unknown,
  reason: { zh: '查询过多', en: 'too many' },
  cure: { zh: '说明原因', en: 'Say why' },
  whenUnknown: 'BLOCK',
};
const fileOf = (conditions: unknown): string => JSON.stringify({ rules: [{ ...RULE, id: 'of-test', conditions }] });
const leaf = RULE.conditions;

/** A condition so many levels deep, written out: no recursion makes it. */
const deep = (levels: number): string => {
  const [before, after] = fileOf('HERE').split('"HERE"');
  return `${before}${'{"not":'.repeat(levels)}${JSON.stringify(leaf)}${'}'.repeat(levels)}${after}`;
};

async function faultsOf(file: string, content: string | Uint8Array): Promise<readonly Fault[]> {
  await writeFile(join(folder, file), content);
  const load = file.startsWith('cases/') ? loadCases(folder) : loadBook(folder);
  const cause = await load.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (cause === null) return [];
  if (!(cause instanceof BookUnreadable)) throw cause;
  return cause.faults;
}
const linesOf = async (file: string, content: string | Uint8Array): Promise<string[]> =>
  (await faultsOf(file, content)).map(({ path, code }) => `${path} ${code}`);

it('a good file has no fault', async () => {
  expect(await linesOf('extra.rules.json', fileOf(leaf))).toEqual([]);
});

describe('a file that is not JSON is refused with line and column', () => {
  it.each<[string, string, string[]]>([
    ['nothing', '', ['x.rules.json:1:1 file.not-json']],
    ['a sentence', '{\n  "rules": [\n    none\n  ]\n}', ['x.rules.json:3:5 file.not-json']],
    ['a comment', '{\n  // limits\n  "rules": []\n}', ['x.rules.json:2:3 file.comment']],
    ['a comment between', '{"rules": /* none */ []}', ['x.rules.json:1:11 file.comment']],
    ['a comma too many', '{"rules": [1,\n]}', ['x.rules.json:2:1 file.not-json']],
    ['single quotes', "{'rules': []}", ['x.rules.json:1:2 file.not-json']],
    ['a text without its end', '{"rules": ["a]}', ['x.rules.json:1:12 file.not-json']],
    ['a number that JSON has not', '{"rules": [NaN]}', ['x.rules.json:1:12 file.not-json']],
    ['a key twice', '{"rules": [],\n "rules": []}', ['x.rules.json:2:2 file.duplicate-key']],
    ['a key twice, written otherwise', '{"a": 1, "\\u0061": 2}', ['x.rules.json:1:10 file.duplicate-key']],
    ['a key that is a prototype', '{"rules": [{"__proto__": {}}]}', ['x.rules.json:1:13 file.reserved-key']],
    ['more after the end', '{"rules": []} {}', ['x.rules.json:1:15 file.not-json']],
  ])('%s', async (_, content, lines) => {
    expect(await linesOf('x.rules.json', content)).toEqual(expect.arrayContaining(lines));
  });

  it('in the manifest, the parameters and the cases alike', async () => {
    expect(await linesOf('cases/enquiries.json', '{"rule": "enquiries",}')).toEqual(
      expect.arrayContaining(['cases/enquiries.json:1:22 file.not-json']),
    );
    await writeFile(join(folder, 'parameters.json'), '{]');
    expect(await linesOf('manifest.json', '// none')).toEqual(
      expect.arrayContaining(['manifest.json:1:1 file.comment', 'parameters.json:1:2 file.not-json']),
    );
  });
});

describe('a file in another encoding is refused at the byte that tells', () => {
  const text = fileOf(leaf);
  it.each<[string, Uint8Array, string]>([
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`), 'x.rules.json:1:1 file.byte-order-mark'],
    ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'x.rules.json:1:1 file.not-utf8'],
    ['GB18030', iconv.encode(`{\n  "rules": "规则"\n}`, 'gb18030'), 'x.rules.json:2:13 file.not-utf8'],
    ['a character cut off', Buffer.from('{"a": "规').subarray(0, -1), 'x.rules.json:1:8 file.not-utf8'],
  ])('%s', async (_, bytes, line) => {
    expect(await linesOf('x.rules.json', bytes)).toEqual([line]);
  });
});

describe('what is too large or too deep is refused, and takes nothing down', () => {
  it('a condition of 5 MB', async () => {
    const value = Array.from({ length: 500_000 }, (_, index) => `value-${index}`);
    const big = fileOf({ fact: 'applicant.kind', operator: 'in', value });
    expect(big.length).toBeGreaterThan(5_000_000);
    expect(await linesOf('x.rules.json', big)).toEqual(['x.rules.json file.too-large']);
  });

  it('10,000 levels', async () => {
    expect(await linesOf('x.rules.json', deep(10_000))).toEqual([
      expect.stringMatching(/^x\.rules\.json:1:\d+ file\.too-deep$/),
    ]);
    expect(await linesOf('x.rules.json', '['.repeat(900_000))).toEqual(['x.rules.json:1:65 file.too-deep']);
  });

  it('10,000 levels that come by another way than a file', () => {
    const content = JSON.parse(deep(10_000)) as unknown;
    const manifest = { file: 'manifest.json', content: {} };
    const reading = readBook(manifest, [{ file: 'x', content }]);
    expect('faults' in reading && reading.faults.map(({ code }) => code)).toContain('file.too-deep');
    const nested = readBook({ file: 'manifest.json', content }, []);
    expect('faults' in nested && nested.faults.map(({ code }) => code)).toEqual(['file.too-deep']);
  });

  it('conditions of 17 levels; those of 16 are taken', async () => {
    const at = `/rules/0/conditions${'/not'.repeat(16)}`;
    expect(await linesOf('x.rules.json', deep(16))).toEqual([`x.rules.json${at} rule.too-deep`]);
    expect(await linesOf('x.rules.json', deep(15))).toEqual([]);
  });

  it('201 comparisons in a rule; 200 are taken', async () => {
    const some = (count: number) => fileOf({ all: Array.from({ length: count }, () => leaf) });
    expect(await linesOf('x.rules.json', some(201))).toEqual(['x.rules.json/rules/0/conditions rule.too-many-leaves']);
    expect(await linesOf('x.rules.json', some(200))).toEqual([]);
  });
});

describe('names that JavaScript knows and the catalogue does not', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('%s', async (name) => {
    expect(await linesOf('x.rules.json', fileOf({ fact: name, operator: 'equal', value: true }))).toEqual([
      'x.rules.json/rules/0/conditions/fact rule.unknown-fact',
    ]);
    expect(await linesOf('x.rules.json', fileOf({ ...(leaf as object), value: { fact: name } }))).toEqual([
      'x.rules.json/rules/0/conditions/value rule.unknown-fact',
    ]);
    const field = {
      fact: 'collateral.items',
      operator: 'some',
      value: { field: name, operator: 'equal', value: true },
    };
    expect(await linesOf('x.rules.json', fileOf(field))).toEqual([
      'x.rules.json/rules/0/conditions/value/field rule.unknown-field',
    ]);
    const operator = fileOf({ ...(leaf as object), operator: name });
    expect(await linesOf('x.rules.json', operator)).toEqual([
      'x.rules.json/rules/0/conditions/operator rule.unknown-operator',
    ]);
  });
});

it('an operator of another version is named with those that there are', async () => {
  const [fault] = await faultsOf(
    'x.rules.json',
    fileOf({ fact: 'bureau.taxLiens', operator: 'between', value: { from: 1, to: 2 } }),
  );
  expect(fault).toMatchObject({ path: 'x.rules.json/rules/0/conditions/operator', code: 'rule.unknown-operator' });
  expect(fault?.text.en).toMatch(/no operator between; it has greaterThan, .*, sum$/);
});

it.each([{ fact: 'policy.a' }, { percentOf: { fact: 'policy.a' }, percent: { fact: 'policy.b' } }, [1, 2]])(
  'a parameter that refers to another, or to itself, is refused: %j',
  async (value) => {
    const one = { key: 'policy.a', value, unit: 'count', from: '2026-01-01', to: null, clause: 'M2', own: true };
    const source = { zh: '通知', en: 'the notice' };
    expect(await linesOf('parameters.json', JSON.stringify({ parameters: [{ ...one, source }] }))).toEqual([
      'parameters.json/parameters/0/value parameter.reference',
    ]);
  },
);
