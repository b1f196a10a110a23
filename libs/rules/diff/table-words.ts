import type { Bilingual } from '../../domain/text.js';
import { columnsOf } from '../tables/read-table.js';
import type { DecisionTable } from '../tables/table-format.js';

/** What became of a table's rows: those that are gone, those that are new; else that only their order changed. */
export function rowWords(before: DecisionTable, after: DecisionTable): Bilingual[] {
  const gone = before.rows.filter((row) => !holds(after, row));
  const fresh = after.rows.filter((row) => !holds(before, row));
  const words = [
    ...gone.map(
      (row): Bilingual => ({ zh: `删除行 ${line(before, row)}`, en: `without the row ${line(before, row)}` }),
    ),
    ...fresh.map((row): Bilingual => ({ zh: `新增行 ${line(after, row)}`, en: `with the row ${line(after, row)}` })),
  ];
  return words.length > 0 ? words : [{ zh: '各行次序变动', en: 'its rows stand in another order' }];
}

const key = (row: readonly string[]): string => JSON.stringify(row);

const holds = ({ rows }: DecisionTable, row: readonly string[]): boolean => rows.some((one) => key(one) === key(row));

const line = (table: DecisionTable, row: readonly string[]): string =>
  columnsOf(table)
    .map((name, place) => `${name} = ${row[place] ?? ''}`)
    .join('; ');
