import type {
  AuthoredCondition,
  AuthoredLeaf,
  AuthoredOperand,
  AuthoredPredicate,
  AuthoredRule,
  Condition,
  ConditionLeaf,
  Operand,
  Rule,
  RulePredicate,
  TableLeaf,
} from '../rule-format.js';
import { judgeAnswer } from './answers.js';
import type { CompiledTable } from './compiled-table.js';
import { type Left, rowsAsCondition, type Subject } from './rows-as-condition.js';
import type { OutputValue, TableInput } from './table-format.js';

/** A book's tables by id. */
export type TableSet = ReadonlyMap<string, CompiledTable>;

/** A rule as it is evaluated: what it says of tables is worked into plain conditions over their rows. */
export const expandRule = ({ conditions, ...rule }: AuthoredRule, tables: TableSet): Rule => ({
  ...rule,
  conditions: expandCondition(conditions, tables),
});

function expandCondition(condition: AuthoredCondition, tables: TableSet, left?: Left): Condition {
  if ('all' in condition) {
    const beside = leftBy(condition.all, 'fact');
    return { all: condition.all.map((part) => expandCondition(part, tables, beside)) };
  }
  if ('any' in condition) return { any: condition.any.map((part) => expandCondition(part, tables)) };
  if ('not' in condition) return { not: expandCondition(condition.not, tables) };
  if ('table' in condition) return ofTableLeaf<Condition>(condition, tables, ofFact, left);
  return expandLeaf(condition, tables, left);
}

function expandLeaf(leaf: AuthoredLeaf, tables: TableSet, left?: Left): Condition {
  if (leaf.operator === 'some' || leaf.operator === 'every')
    return { ...leaf, value: expandPredicate(leaf.value as AuthoredPredicate, tables) };
  if (leaf.operator !== 'sum') {
    const withValue = (value: Operand) => ({ ...leaf, value }) as ConditionLeaf;
    return ofOperand<Condition>(leaf.value as AuthoredOperand, tables, ofFact, withValue, left);
  }
  const { where, value: compared, ...rest } = leaf.value;
  const counted = where === undefined ? {} : { where: expandPredicate(where, tables) };
  const withValue = (value: Operand): Condition => ({
    fact: leaf.fact,
    operator: 'sum',
    value: { ...rest, ...counted, value },
  });
  return ofOperand<Condition>(compared, tables, ofFact, withValue, left);
}

function expandPredicate(predicate: AuthoredPredicate, tables: TableSet, left?: Left): RulePredicate {
  if ('all' in predicate) {
    const beside = leftBy(predicate.all, 'field');
    return { all: predicate.all.map((part) => expandPredicate(part, tables, beside)) };
  }
  if ('any' in predicate) return { any: predicate.any.map((part) => expandPredicate(part, tables)) };
  if ('not' in predicate) return { not: expandPredicate(predicate.not, tables) };
  if ('table' in predicate) return ofTableLeaf<RulePredicate>(predicate, tables, ofField, left);
  return ofOperand<RulePredicate>(predicate.value, tables, ofField, (value) => ({ ...predicate, value }), left);
}

/** What the leaves beside a comparison in an "all" leave to an input: where they are not true, the rest does not count. */
const leftBy =
  (beside: readonly object[], part: 'fact' | 'field'): Left =>
  (input) => {
    const leaf = beside.find(
      (one) =>
        (one as Partial<Record<string, unknown>>)[part] === named(input, part) &&
        ['equal', 'in'].includes((one as { operator: string }).operator),
    );
    const value = leaf === undefined ? undefined : (leaf as { value: AuthoredOperand }).value;
    if (Array.isArray(value)) return value;
    return value === undefined || typeof value === 'object' ? undefined : [value];
  };

const ofFact: Subject<Condition> = (input) => (operator, value) => ({ fact: named(input, 'fact'), operator, value });
const ofField: Subject<RulePredicate> = (input) => (operator, value) => ({
  field: named(input, 'field'),
  operator,
  value,
});

/** The fact or field of an input. Throws where it has none: a book with such a rule does not load. */
function named(input: TableInput, part: 'fact' | 'field'): string {
  const name = (input as Partial<Record<'fact' | 'field', string>>)[part];
  if (name === undefined) throw new Error(`a table's column has no ${part}`);
  return name;
}

function tableOf(tables: TableSet, id: string): CompiledTable {
  const table = tables.get(id);
  if (table === undefined) throw new Error(`no table ${id} in the book`);
  return table;
}

const placeOfOutput = ({ content }: CompiledTable, output: string): number =>
  content.outputs.findIndex(({ name }) => name === output);

function ofOperand<Node>(
  operand: AuthoredOperand,
  tables: TableSet,
  subject: Subject<Node>,
  leafWith: (value: Operand) => Node,
  left?: Left,
): Node {
  if (typeof operand !== 'object' || !('table' in operand)) return leafWith(operand);
  const table = tableOf(tables, operand.table);
  return rowsAsCondition(table, placeOfOutput(table, operand.output), subject, leafWith, left);
}

function ofTableLeaf<Node>(leaf: TableLeaf, tables: TableSet, subject: Subject<Node>, left?: Left): Node {
  const table = tableOf(tables, leaf.table);
  const judge = (answer: OutputValue): Node | boolean => {
    const judged = judgeAnswer(answer, leaf);
    if (judged === null) throw new Error(`table ${leaf.table}: an answer cannot be compared so`);
    return judged as Node | boolean;
  };
  return rowsAsCondition(table, placeOfOutput(table, leaf.output), subject, judge, left);
}
