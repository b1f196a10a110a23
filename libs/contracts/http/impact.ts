import { z } from 'zod';
import { IMPACT_STATES } from '../../domain/impact-run.js';
import { VERDICTS } from '../../domain/verdict.js';
import { CHECKPOINTS } from '../../rules/rule-format.js';
import { anyJson } from './json.js';
import { civilDate, cursorQuery, shortText } from './values.js';

const id = z.uuid();
const day = z.iso.date();
const hash = z.string().describe('SHA-256 of the book, in hex');
const parameterKey = z.string().regex(/^policy\.[a-zA-Z0-9]{1,100}$/, 'must be policy.name');
const parameterValue = z.union([z.number(), z.boolean(), z.string().max(200)]);

export const impactBody = z
  .strictObject({
    draftId: id.nullable().default(null).describe('The draft whose book and parameters are the policy after'),
    content: z
      .record(z.string(), anyJson)
      .nullable()
      .default(null)
      .describe('Or its book itself, as a draft has one; null of both: the book in force'),
    set: z.record(parameterKey, parameterValue).default({}).describe('Parameters of the policy after'),
    checkpoint: z.enum(CHECKPOINTS).default('intake'),
    since: civilDate.describe('Past decisions from this day'),
    until: civilDate.describe('to this day'),
    on: civilDate
      .nullable()
      .default(null)
      .describe('Day on which rules and parameters must be in force, for every case; today where left out'),
    asDecided: z.boolean().default(false).describe('Verdicts before are those that were given then'),
    rules: z.array(shortText).min(1).max(500).nullable().default(null).describe('Only these rules of both books'),
    sweep: z
      .strictObject({ key: parameterKey, from: z.number(), to: z.number(), step: z.number().default(1) })
      .nullable()
      .default(null)
      .describe('A number parameter of the policy after, and the values for which its curve is made'),
  })
  .refine(({ draftId, content }) => draftId === null || content === null, {
    path: ['content'],
    error: 'a draft and a book of one’s own exclude each other',
    params: { code: 'impact.two-books', zh: '草案与规则内容只能给出其一' },
  });
export type ImpactBody = z.infer<typeof impactBody>;

export const impactsQuery = cursorQuery;

const progress = z.strictObject({ done: z.int(), all: z.int() });

export const impactRunView = z.strictObject({
  id,
  state: z.enum(IMPACT_STATES),
  question: z.strictObject({
    checkpoint: z.enum(CHECKPOINTS),
    since: day,
    until: day,
    on: day,
    asDecided: z.boolean(),
    rules: z.array(z.string()).nullable(),
    sweep: z.strictObject({ key: z.string(), values: z.array(z.number()) }).nullable(),
    draftId: id.nullable(),
    set: z.record(z.string(), parameterValue),
    books: z.strictObject({ before: hash, after: hash }),
  }),
  failure: z.strictObject({ code: z.string(), text: z.strictObject({ zh: z.string(), en: z.string() }) }).nullable(),
  requestedById: id.nullable(),
  requestedBy: z.string().nullable(),
  requestedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  shards: progress.describe('Parts; none before the run is cut'),
  decisions: progress,
});
export const impactRunsPage = z.strictObject({ items: z.array(impactRunView), nextCursor: id.nullable() });

const byVerdict = z.strictObject(
  Object.fromEntries(VERDICTS.map((verdict) => [verdict, z.int()])) as Record<(typeof VERDICTS)[number], z.ZodInt>,
);
const matrix = z
  .strictObject(
    Object.fromEntries(VERDICTS.map((verdict) => [verdict, byVerdict])) as Record<
      (typeof VERDICTS)[number],
      typeof byVerdict
    >,
  )
  .describe('Cases by verdict before, then after');
const share = z.strictObject({
  count: z.int(),
  of: z.int(),
  percent: z.number().nullable(),
  low: z.number().nullable().describe('Of the exact interval of 95 percent'),
  high: z.number().nullable(),
});
const beforeAfter = z.strictObject({ before: z.int(), after: z.int() });
const known = z.strictObject({ blocked: z.int(), blockedOrReferred: z.int(), all: z.int() });

const summaryView = z.strictObject({
  cases: z.int(),
  changed: z.int(),
  redecided: z.int().describe('Cases that the live path decided again, with the same answers'),
  matrix,
  byBranch: z.record(z.string(), matrix),
  byProduct: z.record(z.string(), matrix),
  rules: z.array(
    z.strictObject({
      rule: z.string(),
      before: z.int(),
      after: z.int(),
      appeared: z.int(),
      vanished: z.int(),
      bad: beforeAfter,
      good: beforeAfter,
    }),
  ),
  outcomesKnown: z.strictObject({ good: z.int(), bad: z.int() }),
  outcomes: z.array(
    z.strictObject({
      stoppedAt: z.enum(VERDICTS),
      badStopped: share,
      goodTurnedAway: share,
      badLetThrough: share,
      goodLetThrough: share,
    }),
  ),
});

export const impactResultView = impactRunView.extend({
  summary: summaryView.nullable().describe('Null before the run is done'),
  curve: z
    .array(z.strictObject({ value: z.number(), verdicts: byVerdict, bad: known, good: known }))
    .nullable()
    .describe('Null where no parameter was swept'),
});

export const changesQuery = cursorQuery.extend({
  before: z.enum(VERDICTS).optional(),
  after: z.enum(VERDICTS).optional(),
  rule: shortText.optional().describe('Whose finding came or went'),
  branch: shortText.optional(),
  outcome: z.enum(['good', 'bad', 'unknown']).optional(),
});
export type ChangesQuery = z.infer<typeof changesQuery>;
export const changesPage = z.strictObject({
  items: z.array(
    z.strictObject({
      id,
      ref: z.string(),
      branch: z.string(),
      product: z.string(),
      outcome: z.enum(['good', 'bad']).nullable(),
      before: z.enum(VERDICTS),
      after: z.enum(VERDICTS),
      appeared: z.array(z.string()),
      vanished: z.array(z.string()),
    }),
  ),
  nextCursor: id.nullable(),
});
