import { type Fault, fault } from '../../domain/problem.js';
import { CATALOGUE } from '../catalogue/index.js';
import { type Axis, axisOf, inputKey, numberOf } from './axis.js';
import { type CompiledTable, lineOf, type TableRow } from './compiled-table.js';
import { coverageOf } from './coverage.js';
import { readInputCell } from './input-cell.js';
import type { Region } from './region.js';
import type { DecisionTable, OutputValue, TableOutput } from './table-format.js';

/** A table as read, with what its rows leave out, hide or decide twice; null where its cells cannot be read. */
export interface TableReading {
  readonly table: CompiledTable | null;
  readonly faults: readonly Fault[];
}

const MOST_ROWS = 5000;

/**
 * Reads a table's cells and checks that its rows leave no gap and, as its hit policy says, do not overlap or hide one
 * another. Every fault is told at once, at `<at>/rows/<index>/<column>`.
 */
export function compileTable(content: DecisionTable, at: string): TableReading {
  const faults: Fault[] = [...nameFaults(content, at)];
  const axes: Axis[] = [];
  content.inputs.forEach((input, index) => {
    const axis = axisOf(input);
    if (axis !== null) axes.push(axis);
    else
      faults.push(
        fault(`${at}/inputs/${index}`, 'table.unknown-fact', {
          zh: `没有可用作表头的事实 ${inputKey(input)}`,
          en: `there is no fact or field ${inputKey(input)} that a table can ask`,
        }),
      );
  });
  if (content.rows.length === 0)
    faults.push(fault(`${at}/rows`, 'table.no-rows', { zh: '没有任何行', en: 'has no row' }));
  if (content.rows.length > MOST_ROWS)
    faults.push(
      fault(`${at}/rows`, 'table.too-many-rows', {
        zh: `多于 ${MOST_ROWS} 行`,
        en: `has more than ${MOST_ROWS} rows`,
      }),
    );
  if (faults.length > 0) return { table: null, faults };
  const rows = content.rows.map((cells, index) => readRow(content, axes, cells, index, at, faults));
  if (faults.length > 0) return { table: null, faults };
  const table = { content, axes, rows };
  const covered = coverageOf(table, at);
  return { table: covered.gaps === null ? null : { ...table, gaps: covered.gaps }, faults: covered.faults };
}

function nameFaults({ inputs, outputs }: DecisionTable, at: string): Fault[] {
  const names = [...inputs.map(inputKey), ...outputs.map(({ name }) => name)];
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) =>
    fault(at, 'table.column-twice', { zh: `列 ${name} 重复`, en: `the column ${name} is there twice` }),
  );
}

function readRow(
  { outputs }: DecisionTable,
  axes: readonly Axis[],
  cells: readonly string[],
  index: number,
  at: string,
  faults: Fault[],
): TableRow {
  const line = lineOf(index);
  const report = (column: string, code: string, zh: string, en: string) =>
    void faults.push(
      fault(`${at}/rows/${index}/${column}`, code, {
        zh: `第 ${line} 行，${column}：${zh}`,
        en: `line ${line}, ${column}: ${en}`,
      }),
    );
  if (cells.length !== axes.length + outputs.length) {
    report('', 'table.width', `应有 ${axes.length + outputs.length} 格`, `has ${cells.length} cells`);
    return { regions: [], outputs: [] };
  }
  const regions = axes.map((axis, place): Region => {
    const read = readInputCell(axis, cells[place] ?? '');
    if ('region' in read) return read.region;
    if ('empty' in read)
      report(axis.key, 'table.empty-range', `区间 ${read.empty} 没有任何值`, `${read.empty} holds no value`);
    else report(axis.key, 'table.cell', `无法识别“${read.unread}”${expectedZh(axis)}`, unreadText(axis, read.unread));
    return [];
  });
  const answers = outputs.map((output, place) => {
    const cell = (cells[axes.length + place] ?? '').trim();
    const wrong = outputFault(output, cell);
    if (wrong !== null) report(output.name, ...wrong);
    return outputValue(output, cell) ?? '';
  });
  return { regions, outputs: answers };
}

const unreadText = (axis: Axis, cell: string): string =>
  axis.values.length > 0
    ? `"${cell}" is none of ${axis.values.join(', ')}`
    : `"${cell}" is no ${axis.definition.type === 'date' ? 'date' : `number of ${unitOf(axis)}`}, nor a range`;

const expectedZh = (axis: Axis): string => (axis.values.length > 0 ? `，应为：${axis.values.join('、')}` : '');

const unitOf = ({ definition }: Axis): string => (definition.type === 'number' ? definition.unit : '');

function outputValue(output: TableOutput, cell: string): OutputValue | null {
  if (cell.startsWith('policy.')) return { fact: cell };
  if (output.type === 'number') return numberOf(cell, output.unit);
  if (output.type === 'boolean') return cell === 'true' ? true : cell === 'false' ? false : null;
  return output.values === undefined || output.values.includes(cell) ? cell : null;
}

function outputFault(output: TableOutput, cell: string): [code: string, zh: string, en: string] | null {
  if (cell === '' || cell === '-') return ['table.empty-output', '没有填写结果', 'no answer is given'];
  if (cell.startsWith('policy.')) {
    const parameter = CATALOGUE.get(cell);
    if (parameter === undefined) return ['table.unknown-fact', `没有参数 ${cell}`, `there is no parameter ${cell}`];
    if (parameter.type !== output.type)
      return ['table.output-type', `${cell} 的类型不对`, `${cell} is a ${parameter.type}, not a ${output.type}`];
    return parameter.type === 'number' && output.type === 'number' && parameter.unit !== output.unit
      ? [
          'table.unit',
          `单位不同：${parameter.unit} 与 ${output.unit}`,
          `${cell} is in ${parameter.unit}, not ${output.unit}`,
        ]
      : null;
  }
  if (outputValue(output, cell) !== null) return null;
  const wanted =
    output.type === 'number'
      ? `a number of ${output.unit}`
      : output.type === 'boolean'
        ? 'true or false'
        : (output.values ?? []).join(', ');
  return ['table.output-type', `“${cell}”不是 ${wanted}`, `"${cell}" is not ${wanted}`];
}
