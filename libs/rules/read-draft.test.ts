import { defaultBookFolder, loadBook, loadCases } from '#libs/platform/load-book.js';
import type { CivilDate } from '../domain/civil-date.js';
import { bookContent } from './book.js';
import { parametersInForce } from './parameters.js';
import { readDraft } from './read-draft.js';
import type { DecisionTable } from './tables/table-format.js';

const { book, parameters } = await loadBook(defaultBookFolder());
const cases = await loadCases(defaultBookFolder());
const on = '2026-11-24' as CivilDate;
const around = { today: on, effectiveFrom: on, known: [], values: parametersInForce(parameters, on).values };
const shipped = bookContent(book);
const [first, ...others] = shipped.tables as [DecisionTable, ...DecisionTable[]];

const read = (change: object) =>
  readDraft({ content: { ...shipped, ...change }, parameters: [], cases }, around).then((reading) =>
    'read' in reading ? (reading.read.book?.hash ?? null) : reading.faults.map(({ path, code }) => `${path} ${code}`),
  );

it('the shipped book as it is kept is a draft of the same address, in whatever order its parts stand', async () => {
  expect(await read({})).toBe(book.hash);
  expect(await read({ tables: [...others, first], rules: [...shipped.rules].reverse() })).toBe(book.hash);
});

it('what its editor may add does not change its address', async () => {
  const spaced = { ...first, $schema: 'x', rows: first.rows.map((row) => row.map((cell) => ` ${cell} `)) };
  expect(await read({ tables: [spaced, ...others], manifest: { $schema: 'x', ...shipped.manifest } })).toBe(book.hash);
});

it.each<[string, unknown, string[]]>([
  ['no list', {}, ['/content/tables/id input.wrong-type']],
  ['no table', [null, ...others], ['/content/tables/0 input.wrong-type']],
  ['a cell that is none', [{ ...first, rows: [[1]] }, ...others], ['/content/tables/0/rows/0/0 input.wrong-type']],
  ['a row too few', [{ ...first, rows: first.rows.slice(1) }, ...others], ['/content/tables/0/rows table.gap']],
  ['one twice', [first, ...others, first], [`/content/tables/${others.length + 1}/id table.id`]],
  ['a part of its own', [{ ...first, note: 'x' }, ...others], ['/content/tables/0 input.unknown-field']],
])('tables: %s is told with its place', async (_, tables, faults) => {
  expect(await read({ tables })).toEqual(expect.arrayContaining(faults));
});

it('a table that is left out is missed by the rules that name it', async () => {
  const faults = await read({ tables: undefined });
  expect(new Set((faults as string[]).map((one) => one.split(' ')[1]))).toEqual(new Set(['rule.unknown-table']));
});

it('a case whose answer hangs on a cell fails where the cell is changed', async () => {
  const tables = (shipped.tables ?? []).map((table) =>
    table.id === 'product-by-location'
      ? {
          ...table,
          rows: table.rows.map(([where, what, allowed, own]) => [
            where,
            what,
            allowed === 'true' ? 'false' : 'true',
            own,
          ]),
        }
      : table,
  );
  expect(await read({ tables })).toEqual(expect.arrayContaining([expect.stringMatching(/ case\.failed$/)]));
});
