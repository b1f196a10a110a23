import { defaultBookFolder, loadBook, loadCases } from '#libs/platform/load-book.js';
import type { CivilDate } from '../../domain/civil-date.js';
import { bookContent, makeBook, type RuleBook } from '../book.js';
import { parametersInForce } from '../parameters.js';
import { answerCases } from '../run-cases.js';
import type { DecisionTable } from '../tables/table-format.js';
import { tablesNamed } from '../tables/tables-named.js';

const on = '2026-11-24' as CivilDate;
const { book, parameters } = await loadBook(defaultBookFolder());
const cases = await loadCases(defaultBookFolder());
const inForce = parametersInForce(parameters, on);
const content = bookContent(book);
const tables = content.tables ?? [];

/** The answers of a table that some rule reads: the others are looked up by the product itself. */
const readBy = (id: string) =>
  content.rules.flatMap((rule) => {
    const outputs = tablesNamed(rule.conditions).flatMap((named) => (named.table === id ? [named.output] : []));
    return outputs.map((output) => ({ rule: rule.id, output }));
  });

const withCell = (table: DecisionTable, row: number, column: number, cell: string): DecisionTable => ({
  ...table,
  rows: table.rows.map((cells, at) =>
    at === row ? cells.map((one, place) => (place === column ? cell : one)) : cells,
  ),
});

/** Each row dropped; of each cell that rules read: a value of a list dropped, an answer turned round, moved a step, or another parameter's. */
function changesOf(table: DecisionTable): [string, DecisionTable][] {
  const read = new Set(readBy(table.id).map(({ output }) => output));
  return table.rows.flatMap((cells, row): [string, DecisionTable][] => [
    [`row ${row} dropped`, { ...table, rows: table.rows.filter((_, at) => at !== row) }],
    ...cells.flatMap((cell, column): [string, DecisionTable][] => {
      const output = table.outputs[column - table.inputs.length];
      if (output === undefined) {
        const values = cell.split(',').map((one) => one.trim());
        return values.length < 2
          ? []
          : values.map((value) => [
              `row ${row} without ${value}`,
              withCell(table, row, column, values.filter((one) => one !== value).join(', ')),
            ]);
      }
      if (!read.has(output.name)) return [];
      return changedAnswers(cell).map((other) => [
        `row ${row} ${output.name} ${cell} -> ${other}`,
        withCell(table, row, column, other),
      ]);
    }),
  ]);
}

function changedAnswers(cell: string): string[] {
  if (cell === 'true' || cell === 'false') return [cell === 'true' ? 'false' : 'true'];
  const value = cell.startsWith('policy.') ? inForce.values[cell] : Number(cell);
  return typeof value === 'number' && Number.isFinite(value) ? [String(value + 1), String(value - 1)] : [];
}

const read = tables.filter(({ id }) => readBy(id).length > 0);
const changes = read.flatMap((table) =>
  changesOf(table).map(([name, changed]) => [`${table.id}: ${name}`, changed] as const),
);

it('the shipped rules read tables, whose cells are changed one at a time', () => {
  expect(new Set(read.flatMap(({ id }) => readBy(id).map(({ rule }) => rule))).size).toBe(9);
  expect(changes.length).toBeGreaterThan(40);
});

/** Null where a book with the changed table does not load. */
function bookWith(changed: DecisionTable): RuleBook | null {
  try {
    return makeBook({ ...content, tables: tables.map((table) => (table.id === changed.id ? changed : table)) });
  } catch {
    return null;
  }
}

/** A change of what no rule asks of the table leaves every rule word for word as it was: no case can notice it. */
const counts = (changed: DecisionTable): boolean =>
  JSON.stringify(bookWith(changed)?.rules) !== JSON.stringify(book.rules);

it.each(changes.filter(([, changed]) => counts(changed)))('a case or the loading notices %s', async (_, changed) => {
  const after = bookWith(changed);
  if (after === null) return;
  const reading = new Set(readBy(changed.id).map(({ rule }) => rule));
  const own = cases.filter(({ rule }) => reading.has(rule));
  const answers = await answerCases(after, own, inForce, on);
  expect(answers.some(({ expected, got }) => expected !== got)).toBe(true);
});

it('the changes that count nowhere are those of rows that only look-ups read', () => {
  const idle = changes
    .filter(([, changed]) => !counts(changed))
    .map(([name]) => name.replace(/ (dropped|without|\w+ \S+ ->).*/, ''));
  expect([...new Set(idle)]).toEqual([
    'micro-credit: row 3',
    'product-by-location: row 4',
    'product-by-location: row 5',
  ]);
});
