import { z } from 'zod';
import { PERMISSIONS } from '../../domain/permission.js';
import { POST_NAMES } from '../../domain/post.js';
import { LOCATION_CLASSES, PRODUCT_CATEGORIES } from '../../domain/product.js';
import { VERDICTS } from '../../domain/verdict.js';
import { APPLICATION_STAGES } from '../../domain/workflow.js';
import { FACT_SOURCES } from '../../rules/fact-definition.js';
import { CHECKPOINTS } from '../../rules/rule-format.js';

/** What routes answer: documented in OpenAPI, and held to by the end-to-end tests. */
const id = z.uuid();
const day = z.iso.date();
const version = z.int().min(1).describe('Also the ETag');
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const fen = z.int().min(0).describe('Whole fen (分)');
const cursor = id.nullable().describe('Give it as cursor for the next page; null on the last one');
const listOf = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item) });

export const statusView = z.strictObject({ status: z.enum(['ok', 'ready']) });
export const meView = z.strictObject({
  login: z.string(),
  staffId: id,
  businessDate: day,
  appointments: z.array(z.strictObject({ id, post: z.enum(POST_NAMES), unitId: id, headOffice: z.boolean() })),
  permissions: z.array(z.enum(PERMISSIONS)),
  passwordOneTime: z.boolean().describe('The password must be changed before anything else'),
  secondFactor: z.boolean(),
});

export const unitsView = listOf(
  z.strictObject({
    id,
    parentId: id.nullable(),
    kind: z.enum(['county_union', 'business_department', 'department', 'branch', 'sub_branch']),
    code: z.string(),
    name: z.string(),
    location: z.enum(LOCATION_CLASSES).nullable(),
  }),
);

export const productsView = listOf(
  z.strictObject({
    id,
    code: z.string(),
    nameZh: z.string(),
    nameEn: z.string(),
    category: z.enum(PRODUCT_CATEGORIES),
    customerKind: z.enum(['person', 'organisation']),
    unsecured: z.boolean(),
  }),
);

export const customerSchema = z.strictObject({
  id,
  kind: z.enum(['person', 'organisation']),
  name: z.string(),
  identityMasked: z.string().nullable(),
  birthDate: day.nullable(),
  phoneMasked: z.string().nullable(),
  address: z.string().nullable(),
  residence: z.enum(['rural', 'urban']).nullable(),
  insiderStatus: z.enum(['none', 'insider', 'relative']).nullable(),
  monthlyIncomeFen: fen.nullable(),
  incomeAsOf: day.nullable(),
  creditLevel: z.enum(['excellent', 'good', 'ordinary']).nullable(),
  creditLevelRatedOn: day.nullable(),
  homeUnitId: id.nullable(),
  version,
});

export const customersPage = z.strictObject({ items: z.array(customerSchema), nextCursor: cursor });

export const householdSchema = z.strictObject({
  id,
  code: z.string(),
  members: z.array(z.strictObject({ customerId: id, role: z.string(), from: day })),
  version,
});

export const householdsView = listOf(householdSchema);

export const linkSchema = z.strictObject({
  id,
  kind: z.string(),
  customerId: id,
  otherCustomerId: id,
  status: z.string(),
  version,
});

export const consentSchema = z.strictObject({ id, customerId: id, purpose: z.string(), signedOn: day, expiresOn: day });

export const searchView = z.strictObject({
  searchedAt: z.iso.datetime(),
  searched: z.strictObject({
    branches: z.int().min(0),
    by: z.array(z.string()),
    over: z.array(z.string()),
  }),
  customers: z.array(
    z.strictObject({
      customerId: id,
      name: z.string(),
      identityMasked: z.string().nullable(),
      foundBy: z.array(z.string()),
      homeUnit: z.string().nullable(),
      loans: z.array(
        z.strictObject({
          loanNo: z.string(),
          branch: z.string(),
          kind: z.string(),
          status: z.string(),
          class: z.string().nullable(),
          balanceFen: fen,
          issuedOn: day,
        }),
      ),
      guarantees: z.array(
        z.strictObject({ loanNo: z.string(), class: z.string().nullable(), status: z.string(), balanceFen: fen }),
      ),
      applications: z.array(
        z.strictObject({ fileNo: z.string(), branch: z.string(), stage: z.enum(APPLICATION_STAGES), amountFen: fen }),
      ),
    }),
  ),
});

export const applicationSchema = z.strictObject({
  id,
  fileNo: z.string(),
  branchId: id,
  customerId: id,
  productCode: z.string(),
  amountFen: fen,
  termMonths: z.int().min(1),
  purpose: z.string(),
  stage: z.enum(APPLICATION_STAGES),
  intakeVerdict: z.enum(VERDICTS).nullable(),
  waitingFor: z.string().nullable(),
  submittedOn: day,
  version,
});

export const applicationsPage = z.strictObject({
  items: z.array(applicationSchema),
  nextCursor: cursor,
});

export const bureauQuerySchema = z.strictObject({
  queryId: id,
  outcome: z.enum(['pending', 'answered', 'unavailable', 'invalid']),
  reportId: id.nullable(),
  detail: z.string().nullable(),
});

const operand = z.strictObject({
  fact: z.string(),
  operator: z.string(),
  left: z.unknown(),
  right: z.unknown(),
  truth: z.enum(['true', 'false', 'unknown']),
});

const finding = z.strictObject({
  ruleId: z.string(),
  clause: z.string(),
  title: z.string().describe('In the language asked for by Accept-Language'),
  severity: z.enum(VERDICTS),
  verdict: z.enum(VERDICTS),
  judged: z.boolean().describe('False where the rule could not judge'),
  excepted: z.string().nullable().describe('Clause of the exception that was granted'),
  answeredBy: z.enum(POST_NAMES).nullable(),
  operands: z.array(operand).describe('What was compared'),
  reason: z.string().describe('The values, and what would cure it'),
  waivedBy: z.enum(POST_NAMES).nullable().describe('The post that may waive it until a day; null: nobody may'),
  id: id.nullable().describe('Null in the answer of the act that found it'),
  words: z
    .array(z.strictObject({ by: z.string(), opinion: z.string(), at: z.iso.datetime(), waivedUntil: day.nullable() }))
    .describe('What was said to it by the post that its rule names; a waiver has a last day'),
});

const fact = z.strictObject({
  name: z.string(),
  label: z.string(),
  source: z.enum(FACT_SOURCES),
  value: z.unknown().optional(),
  asOf: day.optional(),
  unknown: z.string().optional().describe('Why nothing is known of it'),
});

export const decisionSchema = z.strictObject({
  id,
  applicationId: id,
  checkpoint: z.enum(CHECKPOINTS),
  businessDate: day,
  decidedAt: z.iso.datetime(),
  verdict: z.enum(VERDICTS),
  bookHash: hash,
  pinnedBookHash: hash.nullable().describe('The book of the acceptance, where the stricter of both decided'),
  parameterSetHash: hash,
  findings: z.array(finding),
  facts: z.array(fact),
});
export type DecisionReading = z.infer<typeof decisionSchema>;

export const decisionMadeSchema = decisionSchema.extend({
  stage: z.enum(APPLICATION_STAGES),
  waitingFor: z.string().nullable(),
});
export type DecisionMade = z.infer<typeof decisionMadeSchema>;

export const decisionsView = listOf(decisionSchema);

const bilingual = z.strictObject({ zh: z.string(), en: z.string() });

/** RFC 9457 problem details. */
export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string().describe('Stable'),
  clause: z.string().optional(),
  text: bilingual,
  faults: z
    .array(z.strictObject({ path: z.string(), code: z.string(), detail: z.string(), text: bilingual }))
    .describe('Every fault of the input, each with its JSON pointer'),
  requestId: z.string(),
});
