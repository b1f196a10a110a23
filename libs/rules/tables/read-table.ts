import { type Fault, fault } from '../../domain/problem.js';
import { schemaFaults } from '../schema-faults.js';
import { inputKey } from './axis.js';
import { compileTable } from './compile-table.js';
import type { CompiledTable } from './compiled-table.js';
import type { TableSet } from './expand.js';
import {
  type DecisionTable,
  decisionTableSchema,
  type TableDefinition,
  tableDefinitionSchema,
} from './table-format.js';

/**
 * A table as its two files give it: the definition, and the cells of its rows, the first naming the columns. `cells` is null
 * where the definition holds the rows itself, as a book keeps a table.
 */
export interface TableSource {
  readonly file: string;
  readonly content: unknown;
  readonly rowsFile: string;
  readonly cells: readonly (readonly string[])[] | null;
}

/** The names of a table's columns: its inputs, then its outputs. */
export const columnsOf = ({ inputs, outputs }: Pick<TableDefinition, 'inputs' | 'outputs'>): string[] => [
  ...inputs.map(inputKey),
  ...outputs.map(({ name }) => name),
];

/** Reads the tables of a book. Every fault of every table is collected in `faults`. */
export function readTables(sources: readonly TableSource[], faults: Fault[]): TableSet {
  const tables = new Map<string, CompiledTable>();
  for (const source of sources) {
    const content = contentOf(source, faults);
    if (content === null) continue;
    const { id } = content;
    if (tables.has(id) || (source.cells !== null && !source.file.endsWith(`${id}.table.json`)))
      faults.push(
        fault(`${source.file}/id`, 'table.id', {
          zh: `文件名应为 ${id}.table.json，编号不得重复`,
          en: `belongs in ${id}.table.json, and is there once`,
        }),
      );
    const reading = compileTable(content, source.rowsFile);
    faults.push(...reading.faults);
    if (reading.table !== null && reading.faults.length === 0) tables.set(id, reading.table);
  }
  return tables;
}

/** The table as a book keeps it; null where its format or its columns are wrong. */
function contentOf(source: TableSource, faults: Fault[]): DecisionTable | null {
  const { file, content, rowsFile, cells } = source;
  const parsed = cells === null ? decisionTableSchema.safeParse(content) : tableDefinitionSchema.safeParse(content);
  if (!parsed.success) {
    faults.push(...schemaFaults(parsed.error, file));
    return null;
  }
  if (cells !== null) return withRows(parsed.data, cells, rowsFile, faults);
  const { $schema: _, ...table } = parsed.data as DecisionTable;
  return { ...table, rows: table.rows.map((row) => row.map((cell) => cell.trim())) };
}

/** The rows in the order of the definition's columns, whatever their order in the file; null where columns are wrong. */
function withRows(
  { $schema: _, ...definition }: TableDefinition,
  cells: readonly (readonly string[])[],
  rowsFile: string,
  faults: Fault[],
): DecisionTable | null {
  const [header = [], ...lines] = cells;
  const columns = columnsOf(definition);
  const given = header.map((name) => name.trim());
  const wrong = [
    ...columns
      .filter((name) => !given.includes(name))
      .map((name) => ['table.no-column', '缺少列', 'lacks the column', name]),
    ...given
      .filter((name) => !columns.includes(name))
      .map((name) => ['table.unknown-column', '没有定义列', 'has a column that is not defined,', name]),
    ...given
      .filter((name, index) => columns.includes(name) && given.indexOf(name) !== index)
      .map((name) => ['table.column-twice', '列重复', 'has twice the column', name]),
  ];
  for (const [code = '', zh, en, name] of wrong)
    faults.push(fault(`${rowsFile}/columns`, code, { zh: `${zh} ${name}`, en: `${en} ${name}` }));
  if (wrong.length > 0) return null;
  const order = columns.map((name) => given.indexOf(name));
  let ragged = false;
  const rows = lines.map((line, index) => {
    if (line.length !== given.length) {
      ragged = true;
      faults.push(
        fault(`${rowsFile}/rows/${index}`, 'table.width', {
          zh: `第 ${index + 2} 行应有 ${given.length} 格，实有 ${line.length} 格`,
          en: `line ${index + 2} has ${line.length} cells where ${given.length} are named`,
        }),
      );
    }
    return order.map((place) => (line[place] ?? '').trim());
  });
  return ragged ? null : { ...definition, rows };
}
