import { z } from 'zod';
import { parseCivilDate } from '../domain/civil-date.js';

export const text = z.string().trim().min(1);
export const bilingual = z.strictObject({ zh: text, en: text });
export const civilDate = z
  .string()
  .refine((value) => parseCivilDate(value) !== null, 'a date YYYY-MM-DD of the calendar');
export const clause = z.string().regex(/^([NCGMIH]\d+(\.\d+)?)$/, 'a clause id such as M2 or C0.1');
export const ruleId = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower case words joined by hyphens');
export const constant = z.union([z.number(), z.string(), z.boolean()]);
