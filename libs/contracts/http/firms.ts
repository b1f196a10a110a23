import { z } from 'zod';
import { SPECIMEN_KINDS } from '../../domain/collateral.js';
import { parseCreditCode } from '../../domain/identity.js';
import { civilDate, longText, shortText, uuid } from './values.js';

/** A unified social credit code with its check character. */
export const creditCode = z
  .string()
  .trim()
  .refine((code) => parseCreditCode(code) === code, {
    error: 'the credit code fails its check character',
    params: { code: 'input.identity', zh: '统一社会信用代码校验不符' },
  });

export const firmBody = z.strictObject({ name: shortText, creditCode });
export type FirmBody = z.infer<typeof firmBody>;

export const specimenQuery = z.strictObject({ kind: z.enum(SPECIMEN_KINDS), holder: shortText, validFrom: civilDate });
export type SpecimenQuery = z.infer<typeof specimenQuery>;

export const courtOutcomeBody = z.strictObject({
  caseNo: shortText,
  decidedOn: civilDate,
  against: z.boolean(),
  detail: longText,
});
export type CourtOutcomeBody = z.infer<typeof courtOutcomeBody>;

export const panelBody = z.strictObject({
  year: z.int().min(2000).max(2200),
  decidedOn: civilDate,
  basis: shortText.describe('The minutes'),
  record: z.discriminatedUnion('chosenBy', [
    z.strictObject({
      chosenBy: z.literal('tender'),
      bids: z
        .array(z.strictObject({ firmId: uuid, scoreHundredths: z.int().min(0).max(100_000) }))
        .min(1)
        .max(100),
    }),
    z.strictObject({
      chosenBy: z.literal('vote'),
      ballots: z
        .array(z.strictObject({ branchId: uuid, firmIds: z.array(uuid).min(1).max(10) }))
        .min(1)
        .max(500),
    }),
  ]),
  firms: z.array(z.strictObject({ firmId: uuid, agreementFrom: civilDate, agreementTo: civilDate })).max(10),
});
export type PanelBody = z.infer<typeof panelBody>;

const id = z.uuid();
const day = z.iso.date();
const sha256 = z.string();

export const firmRegisteredView = z.strictObject({ id, name: z.string(), creditCode: z.string() });
export const specimenAddedView = z.strictObject({
  id,
  firmId: id,
  kind: z.enum(SPECIMEN_KINDS),
  holder: z.string(),
  sha256,
});
const courtOutcome = z.strictObject({ caseNo: z.string(), decidedOn: day, against: z.boolean(), detail: z.string() });
export const courtOutcomeView = courtOutcome.extend({ firmId: id });
export const panelChosenView = panelBody.extend({ id });

export const firmsView = z.strictObject({
  items: z.array(
    z.strictObject({
      id,
      name: z.string(),
      creditCode: z.string(),
      panels: z.array(
        z.strictObject({
          year: z.int(),
          chosenBy: z.enum(['tender', 'vote']),
          agreementFrom: day,
          agreementTo: day,
        }),
      ),
      specimens: z.array(
        z.strictObject({
          id,
          kind: z.enum(SPECIMEN_KINDS),
          holder: z.string(),
          mediaType: z.string(),
          sha256,
          validFrom: day,
          validTo: day.nullable(),
        }),
      ),
      courtOutcomes: z.array(courtOutcome),
      record: z.strictObject({
        reports: z.int().min(0),
        aboveMarket: z
          .int()
          .min(0)
          .nullable()
          .describe('Reports valued above the market evidence by more than policy lets pass'),
        differing: z.int().min(0).describe("Reports whose seal or signature was not the specimen's"),
      }),
    }),
  ),
});
