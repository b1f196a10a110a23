import { z } from 'zod';
import { POST_NAMES } from '../domain/post.js';
import { PRODUCT_CATEGORIES } from '../domain/product.js';
import { bilingual, civilDate, clause, constant, ruleId, text } from './format-parts.js';
import { ALL_NAMES, asProperties, FIELD_NAMES, GATHERED_NAMES, PARAMETER_NAMES } from './name-words.js';
import { LIST_OPERATORS, SCALAR_OPERATORS, type ScalarOperator } from './operators.js';

/** The stages at whose door a rule may stand. */
export const CHECKPOINTS = [
  'intake',
  'investigation',
  'review',
  'deliberation',
  'approval',
  'release',
  'post-loan',
] as const;
export type Checkpoint = (typeof CHECKPOINTS)[number];

const gatheredName = text.meta({ id: 'gatheredFact', description: '事实 / a fact', ...GATHERED_NAMES });
const anyName = text.meta({ id: 'factOrParameter', description: '事实或参数 / a fact or a parameter', ...ALL_NAMES });
const parameterName = text.meta({ id: 'parameter', description: '政策参数 / a policy parameter', ...PARAMETER_NAMES });
const fieldName = text.meta({ id: 'field', description: '列表字段 / a field of the list', ...FIELD_NAMES });
const scalarOperator = z.enum(SCALAR_OPERATORS).describe('运算符 / operator');

const factReference = z.strictObject({ fact: anyName });
const parameterReference = z.strictObject({ fact: parameterName });
/** A percentage of a parameter: both are parameters, so it is worked out when the book is loaded. */
const portion = z.strictObject({ percentOf: parameterReference, percent: parameterReference });
/** What a decision table of the book answers for the facts at hand. */
const tableAnswer = {
  table: ruleId.describe('决策表编号 / the id of a decision table'),
  output: text.describe('决策表的结果列 / the answer of it that is compared'),
};
const plainOperand = [constant, z.array(constant).min(1), factReference, portion] as const;
const operand = z
  .union([...plainOperand, z.strictObject(tableAnswer)])
  .describe(
    '常数、取值列表、另一事实、参数、参数的百分比或决策表的结果 / a constant, a list, another fact, a parameter, a percentage of one, a table’s answer',
  );

export type Operand = z.infer<z.ZodUnion<typeof plainOperand>>;
export type AuthoredOperand = z.infer<typeof operand>;

export type Tree<Leaf> = { all: Tree<Leaf>[] } | { any: Tree<Leaf>[] } | { not: Tree<Leaf> } | Leaf;

const tableLeaf = z.strictObject({ ...tableAnswer, operator: scalarOperator, value: z.union(plainOperand) });
export type TableLeaf = z.infer<typeof tableLeaf>;

const predicateLeaf = z.strictObject({ field: fieldName, operator: scalarOperator, value: operand });
interface PredicateLeaf<Value> {
  field: string;
  operator: ScalarOperator;
  value: Value;
}
export type RulePredicate = Tree<PredicateLeaf<Operand>>;
export type AuthoredPredicate = Tree<PredicateLeaf<AuthoredOperand> | TableLeaf>;

const predicate: z.ZodType<AuthoredPredicate> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(predicate).min(1) }),
    z.strictObject({ any: z.array(predicate).min(1) }),
    z.strictObject({ not: predicate }),
    predicateLeaf,
    tableLeaf,
  ]),
);

const scalarLeaf = z.strictObject({ fact: gatheredName, operator: scalarOperator, value: operand });
const listLeaf = z.strictObject({
  fact: gatheredName,
  operator: z.enum(LIST_OPERATORS).exclude(['sum']),
  value: predicate,
});
const sumLeaf = z.strictObject({
  fact: gatheredName,
  operator: z.literal('sum'),
  value: z.strictObject({
    field: fieldName,
    where: predicate.optional(),
    operator: scalarOperator,
    value: operand,
  }),
});

type Leaf<Value, Where> =
  | { fact: string; operator: ScalarOperator; value: Value }
  | { fact: string; operator: 'some' | 'every'; value: Where }
  | {
      fact: string;
      operator: 'sum';
      value: { field: string; where?: Where | undefined; operator: ScalarOperator; value: Value };
    };

/** Conditions as they are evaluated: a book's tables are worked into them. */
export type ConditionLeaf = Leaf<Operand, RulePredicate>;
export type Condition = Tree<ConditionLeaf>;
/** Conditions as they are written, shown and hashed: a leaf may name a table. */
export type AuthoredLeaf = Leaf<AuthoredOperand, AuthoredPredicate>;
export type AuthoredCondition = Tree<AuthoredLeaf | TableLeaf>;

const condition: z.ZodType<AuthoredCondition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(condition).min(1) }),
    z.strictObject({ any: z.array(condition).min(1) }),
    z.strictObject({ not: condition }),
    scalarLeaf,
    listLeaf,
    sumLeaf,
    tableLeaf,
  ]),
);

const FINDING_VERDICTS = ['WARN', 'REFER', 'BLOCK'] as const;

const products = z.array(text).min(1).describe('品种代码，* 为全部 / product codes, * for all');
const categories = z
  .array(text.meta({ examples: [...PRODUCT_CATEGORIES] }))
  .min(1)
  .describe('品种类别 / product categories');

export const ruleSchema = z.strictObject({
  id: ruleId,
  clause,
  /** Where the rule stands: one door, or each of several. */
  checkpoint: z
    .union([z.enum(CHECKPOINTS), z.array(z.enum(CHECKPOINTS)).min(1)])
    .describe('关口，可为多个 / where the rule stands, one door or several'),
  severity: z
    .enum(FINDING_VERDICTS)
    .describe(
      'BLOCK 不得继续，REFER 须书面答复，WARN 提示 / BLOCK cannot go on, REFER is answered in writing, WARN is shown',
    ),
  answeredBy: z.enum(POST_NAMES).nullable().describe('答复 REFER 的岗位 / the post that answers a REFER'),
  waivedBy: z
    .enum(POST_NAMES)
    .optional()
    .describe('可以豁免的岗位；不写则不得豁免 / the post that may waive it; left out, nobody may'),
  title: bilingual.describe('名称 / what the rule is called'),
  appliesTo: z.strictObject({ products, categories: categories.optional() }),
  effective: z.strictObject({ from: civilDate, to: civilDate.nullable() }).describe('起止日期 / first and last day'),
  conditions: condition,
  reason: bilingual.describe('理由，可引用 {事实} / why it found something; {fact} shows a value'),
  cure: bilingual.describe('补救办法 / what would cure it'),
  exceptions: z
    .array(z.strictObject({ clause, needs: z.array(text).min(1), answeredBy: z.enum(POST_NAMES) }))
    .optional()
    .describe('例外 / under which a BLOCK becomes a REFER'),
  whenUnknown: z.enum(FINDING_VERDICTS).describe('无法判断时 / the verdict where a fact is unknown'),
});
export type AuthoredRule = z.infer<typeof ruleSchema>;
export type Rule = Omit<AuthoredRule, 'conditions'> & { readonly conditions: Condition };

/** The checkpoints at which a rule is asked. */
export const doorsOf = ({ checkpoint }: Pick<Rule, 'checkpoint'>): readonly Checkpoint[] => [checkpoint].flat();

/** Whether a rule has begun and not ended on a day. */
export const isDated = ({ effective: { from, to } }: Pick<Rule, 'effective'>, on: string): boolean =>
  from <= on && (to === null || to >= on);

export const ruleFileSchema = z.strictObject({ $schema: z.string().optional(), rules: z.array(ruleSchema).min(1) });

export const manifestSchema = z.strictObject({
  $schema: z.string().optional(),
  code: ruleId,
  version: text.describe('版本 / version'),
  title: bilingual,
  effectiveFrom: civilDate.describe('生效日 / the day it takes effect'),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const parameterSchema = z.strictObject({
  key: z
    .string()
    .regex(/^policy\.[a-zA-Z0-9]+$/)
    .meta({ description: '参数名 / the name of the parameter', ...PARAMETER_NAMES }),
  value: constant.describe('数值本身，不能引用其他参数 / the value itself; it refers to nothing'),
  unit: text.meta({ description: '单位 / unit', examples: ['fen', 'count', 'days', 'months', 'percent'] }),
  from: civilDate,
  to: civilDate.nullable(),
  source: bilingual.describe('出处 / where the value comes from'),
  clause,
  own: z.boolean().describe('示例值，须经联社确认 / an example that the union must confirm'),
});
export type Parameter = z.infer<typeof parameterSchema>;
/** A parameter as one person proposes it to another. */
export const parameterChangeSchema = parameterSchema.extend({ reason: text });
export type ParameterChange = z.infer<typeof parameterChangeSchema>;

export const parameterFileSchema = z.strictObject({
  $schema: z.string().optional(),
  parameters: z.array(parameterSchema).min(1),
});

export const caseFileSchema = z.strictObject({
  $schema: z.string().optional(),
  rule: ruleId,
  product: z
    .strictObject({ code: text, category: text.meta({ examples: [...PRODUCT_CATEGORIES] }) })
    .describe('案例所用品种 / the product of the cases'),
  cases: z
    .array(
      z.strictObject({
        name: bilingual,
        facts: z
          .record(z.string(), z.unknown())
          .meta({ description: '已知事实 / what is known', properties: asProperties(GATHERED_NAMES) }),
        parameters: z
          .record(z.string(), constant)
          .meta({ description: '本案例的参数 / parameters of this case', properties: asProperties(PARAMETER_NAMES) })
          .optional(),
        expect: z
          .enum(['none', 'finding', 'unknown', 'not-evaluated', 'excepted'])
          .describe('规则应如何回答 / what the rule is to answer'),
      }),
    )
    .min(1),
});
export type CaseFile = z.infer<typeof caseFileSchema>;
