import { z } from 'zod';
import { BRANCH_GRADES } from '../../domain/branch-rating.js';
import { PRODUCT_CATEGORIES } from '../../domain/product.js';
import { civilDate, shortText, uuid } from './values.js';

export const ratingsBody = z.strictObject({
  periodFrom: civilDate,
  periodTo: civilDate,
  given: z
    .array(
      z.strictObject({
        branchId: uuid,
        examsPassedPercent: z.int().min(0).max(100),
        lateInspections: z.int().min(0).max(100_000),
        auditFindings: z.int().min(0).max(100_000),
      }),
    )
    .max(2000),
});
export type RatingsBody = z.infer<typeof ratingsBody>;

export const periodQuery = z.strictObject({ from: civilDate, to: civilDate });
export type PeriodQuery = z.infer<typeof periodQuery>;

export const tableQuery = periodQuery.extend({ basis: shortText.describe('The minutes') });
export type TableQuery = z.infer<typeof tableQuery>;

const id = z.uuid();
const day = z.iso.date();
const fen = z.int().min(0).describe('Whole fen (分)');
const count = z.int().min(0);

export const ratingsView = z.strictObject({
  items: z.array(
    z.strictObject({
      id,
      branchId: id,
      branch: z.string(),
      periodFrom: day,
      periodTo: day,
      figures: z.strictObject({
        balanceFen: fen,
        nonPerformingFen: fen,
        newNonPerformingFen: fen,
        responsibleOfficers: count,
        examsPassedPercent: count,
        lateInspections: count,
        auditFindings: count,
      }),
      grade: z.enum(BRANCH_GRADES),
      proposed: z.partialRecord(z.enum(PRODUCT_CATEGORIES), fen),
    }),
  ),
});

export const authorityTableView = z.strictObject({
  id,
  validFrom: day,
  validTo: day,
  basis: z.string(),
  limits: count,
  ratings: count,
});
export const authorityTablesView = z.strictObject({ items: z.array(authorityTableView) });

export const suspensionView = z.strictObject({
  id,
  branchId: id,
  branch: z.string(),
  suspendedFrom: day,
  balanceFen: fen,
  nonPerformingFen: fen,
  liftedOn: day.nullable(),
  liftReason: z.string().nullable(),
});
export const suspensionsView = z.strictObject({ items: z.array(suspensionView) });
