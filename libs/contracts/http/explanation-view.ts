import { z } from 'zod';
import { POST_NAMES } from '../../domain/post.js';
import { VERDICTS } from '../../domain/verdict.js';
import type { ExplainedDecision } from '../../rules/explain/explained-decision.js';
import { FACT_SOURCES } from '../../rules/fact-definition.js';
import { UNKNOWN_CAUSES } from '../../rules/fact-value.js';
import { CHECKPOINTS } from '../../rules/rule-format.js';

const text = z.strictObject({ zh: z.string(), en: z.string() });
const verdict = z.enum(VERDICTS);
const truth = z.enum(['true', 'false', 'unknown']);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const json = z.unknown().describe('In JSON; { "never": true } and { "unknown": cause } spelled out');

const book = z.strictObject({ code: z.string(), version: z.string(), hash });

const operand = z.strictObject({
  name: z.string(),
  label: text,
  value: json,
  shown: text,
  source: z.enum(FACT_SOURCES),
  asOf: z.string().nullable(),
  unknown: z.enum(UNKNOWN_CAUSES).nullable().describe('Why nothing is known of it'),
});

const condition = z.strictObject({
  pointer: z.string().describe("JSON pointer within the rule's conditions; each node comes before its parts"),
  depth: z.int().min(0),
  kind: z.enum(['all', 'any', 'not', 'leaf']),
  truth,
  text,
  compared: z
    .strictObject({
      operator: z.string(),
      left: operand,
      right: z.strictObject({ value: json, shown: text, named: z.array(operand).readonly() }),
    })
    .nullable(),
});

const counterfactual = z.strictObject({
  kind: z.enum(['fact', 'parameter']),
  name: z.string(),
  place: z
    .strictObject({ record: z.int().min(1), field: z.string().nullable() })
    .nullable()
    .describe('The record of a list, counted from one, and its field; field is null where the record is left out'),
  label: text,
  changeable: z.boolean().describe('False where the fact tells of the past'),
  now: json,
  to: json.describe('The value nearest to the present one that turns the verdict; proved by deciding again'),
  shown: z.strictObject({ now: text, to: text }),
  range: z.strictObject({ from: json, until: json.describe('null: without end') }),
  verdict,
  text,
});

export const explanationView = z.strictObject({
  id: z.uuid(),
  applicationId: z.uuid(),
  fileNo: z.string(),
  branch: z.string(),
  decidedAt: z.iso.datetime(),
  reproduced: z.boolean().describe('False where deciding again does not give the stored answer'),
  explanation: z.strictObject({
    book,
    pinnedBook: book.nullable().describe('The book of the acceptance, where the stricter of both decided'),
    parametersHash: hash,
    checkpoint: z.enum(CHECKPOINTS),
    product: z.strictObject({ code: z.string(), category: z.string() }),
    on: z.iso.date(),
    verdict,
    outcomeHash: hash,
    settledBy: z.array(z.string()).readonly().describe('Rules whose finding is as bad as the verdict'),
    rules: z
      .array(
        z.strictObject({
          ruleId: z.string(),
          bookHash: hash.describe('The book whose rule it is; of what two books say alike, the decision’s own'),
          counts: z.boolean().describe('False where the other book’s rule of the same id is the one that counts'),
          clause: z.string(),
          title: text,
          severity: verdict,
          truth,
          verdict,
          excepted: z.string().nullable(),
          answeredBy: z.enum(POST_NAMES).nullable(),
          waivedBy: z.enum(POST_NAMES).nullable().describe('The post that may waive what was found; null: nobody may'),
          reason: text.nullable(),
          conditions: z.array(condition).readonly(),
        }),
      )
      .readonly(),
    improvements: z.array(counterfactual).readonly().describe('Single changes that would make it better'),
    obstacles: z
      .array(z.strictObject({ verdict, ruleIds: z.array(z.string()).readonly() }))
      .readonly()
      .describe('Better verdicts that no single fact brings about, with the findings in the way'),
    worsenings: z.array(counterfactual).readonly().describe('On a PASS: single facts that would make it worse'),
  }),
}) satisfies z.ZodType<ExplainedDecision>;

export const explanationPageQuery = z.strictObject({ language: z.enum(['zh-CN', 'en']).default('zh-CN') });
export type ExplanationPageQuery = z.infer<typeof explanationPageQuery>;
