import { CATALOGUE } from '../catalogue/index.js';
import type { FieldDefinition } from '../fact-definition.js';
import { reportOf } from '../lint/lint-rules.js';
import type { LintMessage, Report } from '../lint/message.js';
import { JSON_TYPE, OPERATORS_OF } from '../lint/types.js';
import type {
  AuthoredCondition,
  AuthoredLeaf,
  AuthoredOperand,
  AuthoredPredicate,
  AuthoredRule,
  TableLeaf,
} from '../rule-format.js';
import { judgeAnswer } from './answers.js';
import { inputKey } from './axis.js';
import type { CompiledTable } from './compiled-table.js';
import type { TableSet } from './expand.js';
import type { TableOutput } from './table-format.js';

interface Place {
  readonly tables: TableSet;
  readonly report: Report;
  /** The list fact whose records a predicate reads; null outside of one. */
  readonly list: string | null;
}

/** Checks what rules say of tables: that there is such an answer, and that it can be compared so. */
export function lintTables(rules: readonly AuthoredRule[], file: string, tables: TableSet, from = 0): LintMessage[] {
  const messages: LintMessage[] = [];
  rules.forEach((rule, index) => {
    const report = reportOf(messages, file, from + index, rule);
    visit(rule.conditions, '/conditions', { tables, report, list: null });
  });
  return messages;
}

function visit(node: AuthoredCondition | AuthoredPredicate, path: string, place: Place): void {
  if ('all' in node) node.all.forEach((part, index) => void visit(part, `${path}/all/${index}`, place));
  else if ('any' in node) node.any.forEach((part, index) => void visit(part, `${path}/any/${index}`, place));
  else if ('not' in node) visit(node.not, `${path}/not`, place);
  else if ('table' in node) lintTableLeaf(node, path, place);
  else if ('field' in node) lintRight(fieldOf(place.list, node.field), node.value, `${path}/value`, place);
  else visitLeaf(node, path, place);
}

function visitLeaf(leaf: AuthoredLeaf, path: string, place: Place): void {
  const inside = { ...place, list: leaf.fact };
  if (leaf.operator === 'some' || leaf.operator === 'every')
    visit(leaf.value as AuthoredPredicate, `${path}/value`, inside);
  else if (leaf.operator === 'sum') {
    if (leaf.value.where) visit(leaf.value.where, `${path}/value/where`, inside);
    lintRight(fieldOf(leaf.fact, leaf.value.field), leaf.value.value, `${path}/value/value`, place);
  } else {
    const fact = CATALOGUE.get(leaf.fact);
    const definition = fact === undefined || fact.type === 'list' ? null : fact;
    lintRight(definition, leaf.value as AuthoredOperand, `${path}/value`, place);
  }
}

/** Null where there is none, which the lint of plain conditions reports. */
function fieldOf(list: string | null, field: string): FieldDefinition | null {
  const fact = list === null ? undefined : CATALOGUE.get(list);
  return fact?.type === 'list' && Object.hasOwn(fact.fields, field) ? (fact.fields[field] ?? null) : null;
}

interface Named {
  readonly table: CompiledTable;
  readonly output: TableOutput;
  readonly index: number;
}

function namedOutput(reference: { table: string; output: string }, path: string, place: Place): Named | null {
  const table = place.tables.get(reference.table);
  if (table === undefined) {
    place.report(path, 'rule.unknown-table', `没有决策表 ${reference.table}`, `there is no table ${reference.table}`);
    return null;
  }
  const index = table.content.outputs.findIndex(({ name }) => name === reference.output);
  const output = table.content.outputs[index];
  if (output === undefined) {
    place.report(
      path,
      'rule.unknown-output',
      `决策表 ${reference.table} 没有结果 ${reference.output}`,
      `the table ${reference.table} does not answer ${reference.output}`,
    );
    return null;
  }
  for (const input of table.content.inputs) {
    const reached =
      place.list === null ? 'fact' in input && !('field' in input) : 'field' in input && input.fact === place.list;
    if (!reached)
      place.report(
        path,
        'rule.table-input',
        `此处取不到决策表的条件 ${inputKey(input)}`,
        `the table asks ${inputKey(input)}, which is not in reach here`,
      );
  }
  return { table, output, index };
}

function lintRight(definition: FieldDefinition | null, operand: AuthoredOperand, path: string, place: Place): void {
  if (typeof operand !== 'object' || !('table' in operand)) return;
  const named = namedOutput(operand, path, place);
  if (named !== null && definition !== null) lintSides(definition, named, path, place.report);
}

/** Both sides are of one type and unit, and the table answers only what the fact can be. */
function lintSides(definition: FieldDefinition, { table, output, index }: Named, path: string, report: Report): void {
  if (definition.type !== output.type) {
    report(path, 'rule.value-type', '两边类型不同', `compares a ${definition.type} with a ${output.type}`);
  } else if (definition.type === 'number' && output.type === 'number' && definition.unit !== output.unit) {
    report(
      path,
      'rule.unit',
      `单位不同：${definition.unit} 与 ${output.unit}`,
      `compares ${definition.unit} with ${output.unit}`,
    );
  } else if (definition.type === 'text') {
    const answers = new Set(table.rows.map(({ outputs }) => outputs[index]));
    for (const answer of answers) {
      if (typeof answer === 'string' && !definition.values.includes(answer))
        report(
          path,
          'rule.value-unknown',
          `没有取值 ${answer}`,
          `the table answers ${answer}, which is none of ${definition.values.join(', ')}`,
        );
    }
  }
}

function lintTableLeaf(leaf: TableLeaf, path: string, place: Place): void {
  const named = namedOutput(leaf, path, place);
  if (named === null) return;
  const { table, output, index } = named;
  if (!OPERATORS_OF[output.type].includes(leaf.operator)) {
    place.report(
      `${path}/operator`,
      'rule.operator',
      `${leaf.operator} 不适用于该类型`,
      `${leaf.operator} does not take a ${output.type}`,
    );
    return;
  }
  const { value } = leaf;
  if (typeof value === 'object' && 'fact' in value) {
    const fact = CATALOGUE.get(value.fact);
    if (fact === undefined || fact.type === 'list')
      place.report(`${path}/value`, 'rule.unknown-fact', `没有事实 ${value.fact}`, `there is no fact ${value.fact}`);
    else lintSides(fact, named, `${path}/value`, place.report);
  } else if (!('percentOf' in Object(value))) {
    lintConstants(output, [value].flat() as unknown[], `${path}/value`, place.report);
  }
  const judged = table.rows.map(({ outputs }) => judgeAnswer(outputs[index] ?? '', leaf));
  const factInList = place.list !== null && typeof value === 'object' && 'fact' in value;
  if (factInList || judged.includes(null))
    place.report(
      `${path}/value`,
      'rule.table-operand',
      '参数结果只能与取得的事实比较',
      'an answer is compared with constants, or with a gathered fact outside of a list',
    );
  else if (judged.every((one) => one === false))
    place.report(path, 'rule.never-true', '对表中任何一行都不成立', 'no row of the table makes this true');
  else if (judged.every((one) => one === true))
    place.report(path, 'rule.always-true', '对表中每一行都成立', 'every row of the table makes this true');
}

function lintConstants(output: TableOutput, constants: readonly unknown[], path: string, report: Report): void {
  for (const value of constants) {
    if (typeof value !== JSON_TYPE[output.type])
      report(
        path,
        'rule.value-type',
        '比较值的类型不对',
        `the value is a ${typeof value}, the answer a ${output.type}`,
      );
    else if (output.type === 'text' && output.values !== undefined && !output.values.includes(value as string))
      report(path, 'rule.value-unknown', `没有取值 ${value}`, `${value} is none of ${output.values.join(', ')}`);
  }
}
