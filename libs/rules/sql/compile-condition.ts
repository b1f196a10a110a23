import type { Catalogue } from '../fact-definition.js';
import type { EngineScalar } from '../fact-value.js';
import { UNKNOWN } from '../fact-value.js';
import { LIST_OPERATORS, type ScalarOperator } from '../operators.js';
import { type ParameterSet, resolveOperand } from '../parameters.js';
import type { Condition, ConditionLeaf, Operand, RulePredicate } from '../rule-format.js';
import { compareSql, type Side } from './compare-sql.js';
import { type Dialect, type ListFields, NULL_BOOLEAN, quoteName } from './dialect.js';
import { columnOf } from './fact-columns.js';

/** What a condition is compiled against. */
export interface CompileContext {
  readonly dialect: Dialect;
  readonly catalogue: Catalogue;
  readonly parameters: ParameterSet;
}

type Junction<Node> = { all: Node[] } | { any: Node[] } | { not: Node };
const isJunction = <Node>(node: unknown): node is Junction<Node> =>
  typeof node === 'object' && node !== null && ('all' in node || 'any' in node || 'not' in node);

/** all, any and not are SQL's and, or and not, which are Kleene's. */
function compileTree<Leaf>(node: Junction<Leaf> | Leaf, leaf: (it: Leaf) => string): string {
  if (!isJunction<Leaf>(node)) return leaf(node);
  const part = (it: Leaf): string => compileTree(it, leaf);
  if ('all' in node) return `(${node.all.map(part).join(' and ')})`;
  if ('any' in node) return `(${node.any.map(part).join(' or ')})`;
  return `(not ${part(node.not)})`;
}

/** A rule's condition as one boolean SQL expression over the typed fact table, NULL where it is unknown. */
export const compileCondition = (condition: Condition, context: CompileContext): string =>
  compileTree(condition, (leaf) => compileLeaf(leaf as ConditionLeaf, context));

function compileLeaf(leaf: ConditionLeaf, context: CompileContext): string {
  const { catalogue, parameters, dialect } = context;
  const definition = catalogue.get(leaf.fact);
  if (definition === undefined) throw new Error(`no fact ${leaf.fact} in the catalogue`);
  const sql = quoteName(columnOf(leaf.fact));
  const isList = (LIST_OPERATORS as readonly string[]).includes(leaf.operator);
  if (isList !== (definition.type === 'list')) return NULL_BOOLEAN;
  if (definition.type === 'list') return compileListLeaf(leaf, sql, definition.fields, context);
  const right = resolveOperand(leaf.value as Operand, parameters);
  return compareSql(
    dialect,
    leaf.operator as ScalarOperator,
    { sql, definition },
    isReference(right) ? sideOf(right.fact, catalogue) : right,
  );
}

type Resolved = ReturnType<typeof resolveOperand>;
const isReference = (value: Resolved): value is { fact: string } => typeof value === 'object' && 'fact' in value;

/** Another fact on the right; a list there is nothing to compare with. */
function sideOf(fact: string, catalogue: Catalogue): Side | EngineScalar {
  const definition = catalogue.get(fact);
  if (definition === undefined) throw new Error(`no fact ${fact} in the catalogue`);
  return definition.type === 'list' ? UNKNOWN : { sql: quoteName(columnOf(fact)), definition };
}

function compileListLeaf(leaf: ConditionLeaf, list: string, fields: ListFields, context: CompileContext): string {
  const { dialect, parameters } = context;
  const predicate = (where: RulePredicate) => (field: (name: string) => string) =>
    compilePredicate(where, fields, field, context);
  if (leaf.operator === 'some') return dialect.some(list, fields, predicate(leaf.value));
  if (leaf.operator === 'every') return dialect.every(list, fields, predicate(leaf.value));
  if (leaf.operator !== 'sum') return NULL_BOOLEAN;
  const { field: amount, where, operator, value } = leaf.value;
  const definition = Object.hasOwn(fields, amount) ? fields[amount] : undefined;
  if (definition?.type !== 'number') return NULL_BOOLEAN;
  const total = dialect.sum(list, fields, (field) =>
    where === undefined
      ? field(amount)
      : `case when ${predicate(where)(field)} then ${field(amount)} when not ${predicate(where)(field)} then ${dialect.number(0)} end`,
  );
  const most = dialect.number(Number.MAX_SAFE_INTEGER);
  const whole = `(case when ${total} <= ${most} and floor(${total}) = ${total} then ${total} end)`;
  const right = resolveOperand(value, parameters);
  return compareSql(dialect, operator, { sql: whole, definition }, isReference(right) ? UNKNOWN : right);
}

/** A condition over one record: its fields against constants and parameters. */
function compilePredicate(
  where: RulePredicate,
  fields: ListFields,
  field: (name: string) => string,
  { dialect, parameters }: CompileContext,
): string {
  return compileTree(where, (node) => {
    const leaf = node as Exclude<RulePredicate, Junction<RulePredicate>>;
    const definition = Object.hasOwn(fields, leaf.field) ? fields[leaf.field] : undefined;
    if (definition === undefined) return NULL_BOOLEAN;
    const right = resolveOperand(leaf.value, parameters);
    return compareSql(
      dialect,
      leaf.operator,
      { sql: field(leaf.field), definition },
      isReference(right) ? UNKNOWN : right,
    );
  });
}
