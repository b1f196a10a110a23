import { z } from 'zod';
import { longText } from './values.js';

export const unmaskBody = z.strictObject({
  purpose: longText.min(4).describe('Why it must be seen in the clear; kept in the trail'),
  wanted: z
    .array(z.enum(['identityNumber', 'phone', 'accounts']))
    .min(1)
    .max(3),
});
export type UnmaskBody = z.infer<typeof unmaskBody>;

export const personalDataView = z.strictObject({
  identityNumber: z.string().nullable().optional(),
  phone: z.string().nullable().optional(),
  accounts: z.array(z.string()).optional(),
});
