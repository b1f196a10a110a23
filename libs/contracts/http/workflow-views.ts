import { z } from 'zod';
import { AUTHORITY_ROUTES, LOAN_POSTS } from '../../domain/authority.js';
import { DAY_COUNTS, REPAYMENT_METHODS } from '../../domain/instalment-plan.js';
import { PAYMENT_MODES } from '../../domain/payment-mode.js';
import { POST_NAMES } from '../../domain/post.js';
import { VERDICTS } from '../../domain/verdict.js';
import { CHECKPOINTS } from '../../rules/rule-format.js';
import { applicationSchema, decisionMadeSchema } from './views.js';

const id = z.uuid();
const day = z.iso.date();
const fen = z.int().min(0).describe('Whole fen (分)');
const choice = z.enum(['support', 'oppose', 'abstain']);

export const findingAnswerView = z.strictObject({ findingId: id, answeredBy: z.enum(POST_NAMES) });
export const waiverView = z.strictObject({ findingId: id, waivedBy: z.enum(POST_NAMES), until: day });
export const meetingView = z.strictObject({ id, applicationId: id, amountFen: fen, members: z.int().min(0) });
export const conflictView = z.strictObject({ meetingId: id });
export const voteView = z.strictObject({ meetingId: id, choice });

const terms = z.strictObject({
  amountFen: fen,
  termMonths: z.int(),
  rateTenThousandths: z.int(),
  method: z.enum(REPAYMENT_METHODS),
  dayCount: z.enum(DAY_COUNTS),
  payee: z.string(),
  paymentMode: z.enum(PAYMENT_MODES),
  conditions: z.array(z.string()),
});

const openFinding = z.strictObject({
  id,
  verdict: z.enum(VERDICTS),
  checkpoint: z.enum(CHECKPOINTS),
  ruleId: z.string(),
  bookHash: z.string(),
  excepted: z.string().nullable(),
  answered: z.boolean(),
});

export const caseView = z.strictObject({
  application: applicationSchema,
  route: z.enum(AUTHORITY_ROUTES).nullable(),
  round: z.int().min(0),
  acts: z.array(
    z.strictObject({
      id,
      post: z.enum(LOAN_POSTS),
      action: z.string(),
      staffId: id,
      staffName: z.string(),
      appointmentPost: z.enum(POST_NAMES),
      actedAt: z.string(),
      opinion: z.string(),
      choice: choice.nullable(),
      returnTo: z.string().nullable(),
      deliberationId: id.nullable(),
    }),
  ),
  referrals: z.array(openFinding),
  blocks: z.array(openFinding).describe('What blocks; answered while it is waived'),
  meeting: z
    .strictObject({
      id,
      round: z.int(),
      amountFen: fen,
      closed: z.boolean(),
      outcome: z.enum(['carried', 'rejected']).nullable(),
      members: z.array(z.strictObject({ staffId: id, conflict: z.string().nullable() })),
    })
    .nullable(),
  terms: terms.nullable(),
  bookHash: z.string().nullable(),
  reviewCheck: z
    .strictObject({ outcomeHash: z.string(), verdict: z.enum(VERDICTS) })
    .nullable()
    .describe('The newest decision of the review checkpoint'),
  conditionsMet: z.int().min(0),
  purposeDocumentId: id.nullable(),
});

export const releaseView = z.strictObject({
  decision: decisionMadeSchema,
  loan: z
    .strictObject({
      id,
      loanNo: z.string(),
      amountFen: fen,
      instalments: z.array(z.strictObject({ number: z.int(), dueOn: day, principalFen: fen, interestFen: fen })),
    })
    .nullable()
    .describe('Null where the checkpoint held the loan: the findings say why'),
});
