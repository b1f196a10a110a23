import { z } from 'zod';
import { DAY_COUNTS, REPAYMENT_METHODS } from '../../domain/instalment-plan.js';
import { PAYMENT_MODES } from '../../domain/payment-mode.js';
import { RETURN_STAGES } from '../../domain/workflow.js';
import { civilDate, fen, longText, shortText, uuid } from './values.js';

export const investigationBody = z.strictObject({
  visitedOn: civilDate,
  place: shortText,
  monthlyIncomeFen: z.int().min(0),
  purposeVerified: z.boolean(),
  evidence: z.array(shortText).min(1).max(50).describe('Archive numbers or SHA-256 of the evidence'),
  recommendation: z.enum(['support', 'oppose']),
  opinion: longText,
});
export type InvestigationBody = z.infer<typeof investigationBody>;

export const opinionBody = z.strictObject({ opinion: longText });
export type OpinionBody = z.infer<typeof opinionBody>;

export const findingAnswerBody = z.strictObject({ findingId: uuid, opinion: longText });
export type FindingAnswerBody = z.infer<typeof findingAnswerBody>;

export const waiverBody = z.strictObject({
  findingId: uuid,
  reason: longText,
  until: civilDate.describe('Its last day; after it the finding is open again'),
});
export type WaiverBody = z.infer<typeof waiverBody>;

export const reviewBody = z.strictObject({
  checklist: z.strictObject({
    identity: z.boolean(),
    household: z.boolean(),
    incomeEvidence: z.boolean(),
    purposeEvidence: z.boolean(),
    bureauReport: z.boolean(),
    securityPapers: z.boolean(),
  }),
  opinion: longText,
});
export type ReviewBody = z.infer<typeof reviewBody>;

export const conflictBody = z.strictObject({ reason: longText });
export type ConflictBody = z.infer<typeof conflictBody>;

export const voteBody = z.strictObject({ choice: z.enum(['support', 'oppose', 'abstain']), opinion: longText });
export type VoteBody = z.infer<typeof voteBody>;

export const closingBody = z.strictObject({ remarks: longText });
export type ClosingBody = z.infer<typeof closingBody>;

export const approvalBody = z.strictObject({
  terms: z.strictObject({
    amountFen: fen,
    termMonths: z.int().min(1).max(600),
    rateTenThousandths: z.int().min(0).max(1_000_000).describe('Percent a year in ten-thousandths: 43500 is 4.35%'),
    method: z.enum(REPAYMENT_METHODS),
    dayCount: z.enum(DAY_COUNTS),
    payee: shortText,
    paymentMode: z
      .enum(PAYMENT_MODES)
      .describe('Entrusted payment to the payee 受托支付, or to the own account 自主支付'),
    conditions: z.array(shortText).max(20),
  }),
  opinion: longText,
});
export type ApprovalBody = z.infer<typeof approvalBody>;

export const reasonBody = z.strictObject({ reason: longText });
export type ReasonBody = z.infer<typeof reasonBody>;

export const returnBody = z.strictObject({ to: z.enum(RETURN_STAGES), reason: longText });
export type ReturnBody = z.infer<typeof returnBody>;

export const contractBody = z.strictObject({
  contractNo: shortText,
  signedOn: civilDate,
  conditionsMet: z.array(shortText).max(20).describe('What shows each condition met, in the order of the approval'),
  purposeDocumentId: uuid.nullable().default(null).describe('The paper that links the payee to the purpose'),
});
export type ContractBody = z.infer<typeof contractBody>;
