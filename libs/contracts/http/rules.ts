import { z } from 'zod';
import { DRAFT_STATES } from '../../domain/rule-draft.js';
import { anyJson } from './json.js';
import { civilDate, cursorQuery, longText, shortText } from './values.js';

const id = z.uuid();
const day = z.iso.date();
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be the SHA-256 of a book, in hex');

const contents = {
  title: shortText.describe('What is proposed, and why'),
  content: z
    .record(z.string(), anyJson)
    .nullable()
    .default(null)
    .describe('manifest, rules and tables, which hold their rows; null where parameters alone change'),
  parameters: z.array(anyJson).max(500).default([]).describe('Changes of parameters, each with its reason'),
  cases: z.array(anyJson).max(500).default([]).describe('Case files: run when the draft is submitted'),
};
const saysSomething = {
  error: 'holds neither a book nor a parameter',
  params: { code: 'draft.empty', zh: '既无规则书也无参数' },
};

export const draftBody = z
  .strictObject({ ...contents, rollbackOf: hash.nullable().default(null).describe('A published book to go back to') })
  .refine(
    ({ content, parameters, rollbackOf }) => content !== null || rollbackOf !== null || parameters.length > 0,
    saysSomething,
  );
export type DraftBody = z.infer<typeof draftBody>;

export const draftEditBody = z
  .strictObject(contents)
  .refine(({ content, parameters }) => content !== null || parameters.length > 0, saysSomething);
export type DraftEditBody = z.infer<typeof draftEditBody>;

export const submissionBody = z.strictObject({ effectiveFrom: civilDate.describe('Today or later') });
export type SubmissionBody = z.infer<typeof submissionBody>;

export const checkBody = z.strictObject({ opinion: longText });
export type CheckBody = z.infer<typeof checkBody>;

export const draftsQuery = cursorQuery;

export const draftView = z.strictObject({
  id,
  state: z.enum(DRAFT_STATES),
  title: z.string(),
  rules: z.int().nullable(),
  parameterChanges: z.int(),
  cases: z.int(),
  hash: hash.nullable().describe('Of the book, from its submission on'),
  rollbackOf: z.string().nullable(),
  effectiveFrom: day.nullable(),
  makerId: id,
  maker: z.string(),
  checkerId: id.nullable(),
  checker: z.string().nullable(),
  checkOpinion: z.string().nullable(),
  returnReason: z.string().nullable(),
  createdAt: z.iso.datetime(),
  publishedAt: z.iso.datetime().nullable(),
  version: z.int().min(1).describe('Also the ETag'),
});
export const draftsPage = z.strictObject({ items: z.array(draftView), nextCursor: id.nullable() });
export const wholeDraftView = draftView.extend({
  content: z.unknown(),
  parameterList: z.array(z.unknown()),
  caseFiles: z.array(z.unknown()),
});

export const publicationsView = z.strictObject({
  items: z.array(
    z.strictObject({
      id,
      bookHash: hash,
      code: z.string(),
      bookVersion: z.string(),
      effectiveFrom: day,
      effectiveTo: day.nullable().describe('Null where no later one is published'),
      publishedAt: z.iso.datetime(),
      makerId: id.nullable(),
      maker: z.string().nullable(),
      checkerId: id.nullable(),
      checker: z.string().nullable(),
      draftId: id.nullable().describe('Null: shipped with the product'),
      signature: z.string().nullable().describe('Ed25519 over the terms, base64'),
      publicKey: z.string().nullable(),
    }),
  ),
});

export const bookHash = hash;
export const bookView = z.strictObject({
  hash,
  manifest: z.unknown(),
  rules: z.array(z.unknown()).describe('As they were written'),
  tables: z.array(z.unknown()),
});
export const diffQuery = z.strictObject({ to: hash });
export type DiffQuery = z.infer<typeof diffQuery>;
const bilingual = z.strictObject({ zh: z.string(), en: z.string() });
const fieldChange = z.strictObject({
  path: z.string().describe('JSON pointer into what changed'),
  before: z.unknown().optional().describe('Absent where the field is new'),
  after: z.unknown().optional().describe('Absent where the field is gone'),
});
const partDifference = z.strictObject({
  added: z.array(z.unknown()),
  removed: z.array(z.unknown()),
  changed: z.array(z.strictObject({ id: z.string(), changes: z.array(fieldChange) })),
});
export const diffView = z.strictObject({
  from: hash,
  to: hash,
  manifest: z.array(fieldChange),
  rules: partDifference,
  tables: partDifference,
  words: z.array(bilingual).describe('The same as sentences'),
});

export const authoredBody = z.strictObject({
  content: z.record(z.string(), anyJson).describe('manifest, rules and tables, as in a draft'),
  parameters: contents.parameters,
  cases: contents.cases,
  on: civilDate.optional().describe('The day whose parameters count; today where left out'),
});
export type AuthoredBody = z.infer<typeof authoredBody>;
export const lintView = z.strictObject({
  errors: z.int(),
  warnings: z.int(),
  messages: z.array(
    z.strictObject({
      path: z.string().describe('JSON pointer into the body'),
      code: z.string(),
      level: z.enum(['error', 'warning']),
      text: bilingual,
      cure: bilingual,
    }),
  ),
});
export const answersView = z.strictObject({
  cases: z.int(),
  passed: z.int(),
  answers: z.array(
    z.strictObject({
      path: z.string().describe('JSON pointer into the body'),
      rule: z.string(),
      name: bilingual,
      expected: z.string(),
      got: z.string().describe('`no-rule` where the book has no such rule'),
    }),
  ),
});

export const attentionQuery = z.strictObject({ days: z.coerce.number().int().min(0).max(3660).default(30) });
export type AttentionQuery = z.infer<typeof attentionQuery>;
const parameterView = z.strictObject({
  key: z.string(),
  value: z.union([z.number(), z.string(), z.boolean()]),
  unit: z.string(),
  from: day,
  to: day.nullable(),
  source: z.string(),
  sourceEn: z.string().nullable(),
  clause: z.string(),
  own: z.boolean(),
});
export const parametersView = z.strictObject({ items: z.array(parameterView) });
export const attentionView = z.strictObject({
  expiring: z.array(parameterView).describe('Run out within the days asked for, with nothing to follow'),
  unconfirmed: z.array(parameterView).describe('Examples that the union must confirm'),
  missing: z
    .array(z.string())
    .describe('Named by the book in force and not in force themselves: what they judge is unknown'),
});
