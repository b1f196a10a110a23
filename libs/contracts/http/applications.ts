import { z } from 'zod';
import { APPLICATION_STAGES } from '../../domain/workflow.js';
import { cursorQuery, fen, longText, shortText, uuid } from './values.js';

export const submitApplicationBody = z.strictObject({
  branchId: uuid,
  customerId: uuid,
  productCode: shortText,
  amountFen: fen,
  termMonths: z.int().min(1).max(600),
  monthlyInstalmentFen: fen.optional(),
  purpose: longText,
  guarantorIds: z.array(uuid).max(20).default([]),
  exception: z
    .strictObject({ clause: z.enum(['C9']), papers: z.array(z.enum(['repaymentPlan', 'overAuthorityRoute'])).min(1) })
    .optional(),
});
export type SubmitApplicationBody = z.infer<typeof submitApplicationBody>;

export const withdrawApplicationBody = z.strictObject({ reason: longText });
export type WithdrawApplicationBody = z.infer<typeof withdrawApplicationBody>;

export const listApplicationsQuery = cursorQuery.extend({
  stage: z.enum(APPLICATION_STAGES).optional(),
  branchId: uuid.optional(),
});
export type ListApplicationsQuery = z.infer<typeof listApplicationsQuery>;
