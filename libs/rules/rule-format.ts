import { z } from 'zod';
import { parseCivilDate } from '../domain/civil-date.js';
import { POST_NAMES } from '../domain/post.js';
import { LIST_OPERATORS, SCALAR_OPERATORS } from './operators.js';

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

const text = z.string().trim().min(1);
const bilingual = z.strictObject({ zh: text, en: text });
const civilDate = z.string().refine((value) => parseCivilDate(value) !== null, 'a date YYYY-MM-DD of the calendar');
const clause = z.string().regex(/^([NCGMIH]\d+(\.\d+)?)$/, 'a clause id such as M2 or C0.1');
const ruleId = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower case words joined by hyphens');

const constant = z.union([z.number(), z.string(), z.boolean()]);
const factReference = z.strictObject({ fact: text });
/** A percentage of a parameter: both are parameters, so it is worked out when the book is loaded. */
const portion = z.strictObject({ percentOf: factReference, percent: factReference });
const operand = z.union([constant, z.array(constant).min(1), factReference, portion]);

export type Operand = z.infer<typeof operand>;

const predicateLeaf = z.strictObject({ field: text, operator: z.enum(SCALAR_OPERATORS), value: operand });
type Predicate = { all: Predicate[] } | { any: Predicate[] } | { not: Predicate } | z.infer<typeof predicateLeaf>;
const predicate: z.ZodType<Predicate> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(predicate).min(1) }),
    z.strictObject({ any: z.array(predicate).min(1) }),
    z.strictObject({ not: predicate }),
    predicateLeaf,
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

export type ConditionLeaf = z.infer<typeof scalarLeaf> | z.infer<typeof listLeaf> | z.infer<typeof sumLeaf>;
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | ConditionLeaf;
export type RulePredicate = Predicate;

const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(condition).min(1) }),
    z.strictObject({ any: z.array(condition).min(1) }),
    z.strictObject({ not: condition }),
    scalarLeaf,
    listLeaf,
    sumLeaf,
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
export type Rule = z.infer<typeof ruleSchema>;

/** The checkpoints at which a rule is asked. */
export const doorsOf = ({ checkpoint }: Rule): readonly Checkpoint[] => [checkpoint].flat();

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
