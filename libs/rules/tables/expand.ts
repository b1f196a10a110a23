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
import type { CompiledTable } from './compile-table.js';
import { rowsAsCondition, type Subject } from './rows-as-condition.js';
import type { OutputValue, TableInput } from './table-format.js';

/** A book's tables by id. */
export type TableSet = ReadonlyMap<string, CompiledTable>;

/** A rule as it is evaluated: what it says of tables is worked into plain conditions over their rows. */
export const expandRule = ({ conditions, ...rule }: AuthoredRule, tables: TableSet): Rule => ({
  ...rule,
  conditions: expandCondition(conditions, tables),
});

function expandCondition(condition: AuthoredCondition, tables: TableSet): Condition {
  if ('all' in condition) return { all: condition.all.map((part) => expandCondition(part, tables)) };
  if ('any' in condition) return { any: condition.any.map((part) => expandCondition(part, tables)) };
  if ('not' in condition) return { not: expandCondition(condition.not, tables) };
  if ('table' in condition) return ofTableLeaf<Condition>(condition, tables, ofFact);
  return expandLeaf(condition, tables);
}

function expandLeaf(leaf: AuthoredLeaf, tables: TableSet): Condition {
  if (leaf.operator === 'some' || leaf.operator === 'every')
    return { ...leaf, value: expandPredicate(leaf.value as AuthoredPredicate, tables) };
  if (leaf.operator !== 'sum') {
    return ofOperand<Condition>(
      leaf.value as AuthoredOperand,
      tables,
      ofFact,
      (value) => ({ ...leaf, value }) as ConditionLeaf,
    );
  }
  const { where, value: compared, ...rest } = leaf.value;
  const counted = where === undefined ? {} : { where: expandPredicate(where, tables) };
  return ofOperand<Condition>(compared, tables, ofFact, (value) => ({
    fact: leaf.fact,
    operator: 'sum',
    value: { ...rest, ...counted, value },
  }));
}

function expandPredicate(predicate: AuthoredPredicate, tables: TableSet): RulePredicate {
  if ('all' in predicate) return { all: predicate.all.map((part) => expandPredicate(part, tables)) };
  if ('any' in predicate) return { any: predicate.any.map((part) => expandPredicate(part, tables)) };
  if ('not' in predicate) return { not: expandPredicate(predicate.not, tables) };
  if ('table' in predicate) return ofTableLeaf<RulePredicate>(predicate, tables, ofField);
  return ofOperand<RulePredicate>(predicate.value, tables, ofField, (value) => ({ ...predicate, value }));
}

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
): Node {
  if (typeof operand !== 'object' || !('table' in operand)) return leafWith(operand);
  const table = tableOf(tables, operand.table);
  return rowsAsCondition(table, placeOfOutput(table, operand.output), subject, leafWith);
}

function ofTableLeaf<Node>(leaf: TableLeaf, tables: TableSet, subject: Subject<Node>): Node {
  const table = tableOf(tables, leaf.table);
  return rowsAsCondition(table, placeOfOutput(table, leaf.output), subject, (answer: OutputValue) => {
    const judged = judgeAnswer(answer, leaf);
    if (typeof judged === 'boolean') return judged;
    if (judged === null) throw new Error(`table ${leaf.table}: an answer cannot be compared so`);
    return judged as Node;
  });
}
