import { z } from 'zod';
import { longText, shortText } from './values.js';

export const stopBody = z.strictObject({ productCode: shortText, reason: longText });
export type StopBody = z.infer<typeof stopBody>;

const who = z.string().nullable();
const when = z.iso.datetime().nullable();

export const stopView = z.strictObject({
  id: z.uuid(),
  productCode: z.string(),
  reason: z.string(),
  orderedById: z.uuid(),
  orderedBy: z.string(),
  orderedAt: z.iso.datetime(),
  confirmedBy: who,
  confirmedAt: when,
  liftReason: z.string().nullable(),
  liftOrderedById: z.uuid().nullable(),
  liftOrderedBy: who,
  liftOrderedAt: when,
  liftedBy: who,
  liftedAt: when,
  inForce: z.boolean(),
});
export const stopsView = z.strictObject({ items: z.array(stopView) });
