import { z } from 'zod';
import { POST_NAMES } from '../domain/post.js';
import { bilingual, civilDate, clause, constant, ruleId, text } from './format-parts.js';
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

const factReference = z.strictObject({ fact: text });
/** A percentage of a parameter: both are parameters, so it is worked out when the book is loaded. */
const portion = z.strictObject({ percentOf: factReference, percent: factReference });
/** What a decision table of the book answers for the facts at hand. */
const tableAnswer = { table: ruleId, output: text };
const plainOperand = [constant, z.array(constant).min(1), factReference, portion] as const;
const operand = z.union([...plainOperand, z.strictObject(tableAnswer)]);

export type Operand = z.infer<z.ZodUnion<typeof plainOperand>>;
export type AuthoredOperand = z.infer<typeof operand>;

export type Tree<Leaf> = { all: Tree<Leaf>[] } | { any: Tree<Leaf>[] } | { not: Tree<Leaf> } | Leaf;

const tableLeaf = z.strictObject({ ...tableAnswer, operator: z.enum(SCALAR_OPERATORS), value: z.union(plainOperand) });
export type TableLeaf = z.infer<typeof tableLeaf>;

const predicateLeaf = z.strictObject({ field: text, operator: z.enum(SCALAR_OPERATORS), value: operand });
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

const scalarLeaf = z.strictObject({ fact: text, operator: z.enum(SCALAR_OPERATORS), value: operand });
const listLeaf = z.strictObject({ fact: text, operator: z.enum(LIST_OPERATORS).exclude(['sum']), value: predicate });
const sumLeaf = z.strictObject({
  fact: text,
  operator: z.literal('sum'),
  value: z.strictObject({
    field: text,
    where: predicate.optional(),
    operator: z.enum(SCALAR_OPERATORS),
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

export const ruleSchema = z.strictObject({
  id: ruleId,
  clause,
  /** Where the rule stands: one door, or each of several. */
  checkpoint: z.union([z.enum(CHECKPOINTS), z.array(z.enum(CHECKPOINTS)).min(1)]),
  severity: z.enum(FINDING_VERDICTS),
  answeredBy: z.enum(POST_NAMES).nullable(),
  title: bilingual,
  appliesTo: z.strictObject({ products: z.array(text).min(1), categories: z.array(text).min(1).optional() }),
  effective: z.strictObject({ from: civilDate, to: civilDate.nullable() }),
  conditions: condition,
  reason: bilingual,
  cure: bilingual,
  exceptions: z
    .array(z.strictObject({ clause, needs: z.array(text).min(1), answeredBy: z.enum(POST_NAMES) }))
    .optional(),
  whenUnknown: z.enum(FINDING_VERDICTS),
});
export type AuthoredRule = z.infer<typeof ruleSchema>;
export type Rule = Omit<AuthoredRule, 'conditions'> & { readonly conditions: Condition };

/** The checkpoints at which a rule is asked. */
export const doorsOf = ({ checkpoint }: Pick<Rule, 'checkpoint'>): readonly Checkpoint[] => [checkpoint].flat();

export const ruleFileSchema = z.strictObject({ $schema: z.string().optional(), rules: z.array(ruleSchema).min(1) });

export const manifestSchema = z.strictObject({
  $schema: z.string().optional(),
  code: ruleId,
  version: text,
  title: bilingual,
  effectiveFrom: civilDate,
});
export type Manifest = z.infer<typeof manifestSchema>;

export const parameterSchema = z.strictObject({
  key: z.string().regex(/^policy\.[a-zA-Z0-9]+$/),
  value: constant,
  unit: text,
  from: civilDate,
  to: civilDate.nullable(),
  source: bilingual,
  clause,
  own: z.boolean(),
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
  product: z.strictObject({ code: text, category: text }),
  cases: z
    .array(
      z.strictObject({
        name: bilingual,
        facts: z.record(z.string(), z.unknown()),
        parameters: z.record(z.string(), constant).optional(),
        expect: z.enum(['none', 'finding', 'unknown', 'not-evaluated', 'excepted']),
      }),
    )
    .min(1),
});
export type CaseFile = z.infer<typeof caseFileSchema>;
