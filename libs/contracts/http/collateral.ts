import { z } from 'zod';
import { COLLATERAL_CLASSES, COMPARISON_OUTCOMES, SPECIMEN_KINDS, TITLE_OUTCOMES } from '../../domain/collateral.js';
import { creditCode } from './firms.js';
import { civilDate, fen, longText, shortText, uuid } from './values.js';

export const collateralBody = z.strictObject({
  class: z.enum(COLLATERAL_CLASSES),
  description: shortText,
  ownerName: shortText,
  certificateNo: shortText,
  securedFen: fen.describe('The part of the loan that it secures, in fen (分)'),
});
export type CollateralBody = z.infer<typeof collateralBody>;

export const titleCheckBody = z.strictObject({
  registry: shortText,
  checkedOn: civilDate,
  outcome: z.enum(TITLE_OUTCOMES),
  evidence: shortText,
});
export type TitleCheckBody = z.infer<typeof titleCheckBody>;

export const marketEvidenceBody = z.strictObject({
  source: shortText,
  observedOn: civilDate,
  valueFen: fen,
  evidence: shortText,
});
export type MarketEvidenceBody = z.infer<typeof marketEvidenceBody>;

export const appraisalBody = z.strictObject({
  firmName: shortText,
  firmCreditCode: creditCode,
  reportNo: shortText,
  signer: shortText,
  appraisedOn: civilDate,
  validUntil: civilDate,
  valueFen: fen,
  documentId: uuid.describe('The report: a paper of this file of the kind appraisal_report'),
});
export type AppraisalBody = z.infer<typeof appraisalBody>;

export const comparisonBody = z.strictObject({
  specimenId: uuid,
  outcome: z.enum(COMPARISON_OUTCOMES),
  opinion: longText,
});
export type ComparisonBody = z.infer<typeof comparisonBody>;

const id = z.uuid();
const day = z.iso.date();
const sum = z.int().min(0).describe('Whole fen (分)');

export const collateralView = z.strictObject({
  id,
  applicationId: id,
  number: z.int().min(1),
  class: z.enum(COLLATERAL_CLASSES),
  description: z.string(),
  ownerName: z.string(),
  certificateNo: z.string(),
  securedFen: sum,
  withdrawn: z.boolean(),
  titleChecks: z.array(
    z.strictObject({
      id,
      registry: z.string(),
      checkedOn: day,
      outcome: z.enum(TITLE_OUTCOMES),
      evidence: z.string(),
      checkedBy: z.string(),
    }),
  ),
  marketEvidence: z.array(
    z.strictObject({ id, source: z.string(), observedOn: day, valueFen: sum, evidence: z.string() }),
  ),
  appraisals: z
    .array(
      z.strictObject({
        id,
        firmId: id.nullable().describe('Null where nobody registered the firm'),
        firmName: z.string(),
        firmCreditCode: z.string(),
        reportNo: z.string(),
        signer: z.string(),
        appraisedOn: day,
        validUntil: day,
        valueFen: sum,
        documentId: id,
        comparisons: z.array(
          z.strictObject({
            id,
            specimenId: id,
            kind: z.enum(SPECIMEN_KINDS),
            holder: z.string(),
            outcome: z.enum(COMPARISON_OUTCOMES),
            opinion: z.string(),
            comparedBy: z.string(),
          }),
        ),
      }),
    )
    .describe('The newest last: it is the one that counts'),
});

export const collateralsView = z.strictObject({ items: z.array(collateralView) });
