import { type Fault, fault } from '../../domain/problem.js';
import { schemaFaults } from '../schema-faults.js';
import { inputKey } from './axis.js';
import { compileTable } from './compile-table.js';
import type { CompiledTable } from './compiled-table.js';
import type { TableSet } from './expand.js';
import { type DecisionTable, type TableDefinition, tableDefinitionSchema } from './table-format.js';

/** A table as its two files give it: the definition, and the cells of its rows, the first naming the columns. */
export interface TableSource {
  readonly file: string;
  readonly content: unknown;
  readonly rowsFile: string;
  readonly cells: readonly (readonly string[])[];
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
    const parsed = tableDefinitionSchema.safeParse(source.content);
    if (!parsed.success) {
      faults.push(...schemaFaults(parsed.error, source.file));
      continue;
    }
    const { id } = parsed.data;
    if (tables.has(id) || !source.file.endsWith(`${id}.table.json`))
      faults.push(
        fault(`${source.file}/id`, 'table.id', {
          zh: `文件名应为 ${id}.table.json，编号不得重复`,
          en: `belongs in ${id}.table.json, and is there once`,
        }),
      );
    const content = withRows(parsed.data, source, faults);
    if (content === null) continue;
    const reading = compileTable(content, source.rowsFile);
    faults.push(...reading.faults);
    if (reading.table !== null && reading.faults.length === 0) tables.set(id, reading.table);
  }
  return tables;
}

/** The rows in the order of the definition's columns, whatever their order in the file; null where columns are wrong. */
function withRows(
  { $schema: _, ...definition }: TableDefinition,
  { cells, rowsFile }: TableSource,
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
