import { z } from 'zod';
import { parseCivilDate } from '../domain/civil-date.js';

export const text = z.string().trim().min(1);
export const bilingual = z.strictObject({ zh: text.describe('中文 / Chinese'), en: text.describe('英文 / English') });
export const civilDate = z
  .string()
  .refine((value) => parseCivilDate(value) !== null, 'a date YYYY-MM-DD of the calendar')
  .describe('日期 / date, YYYY-MM-DD');
export const clause = z
  .string()
  .regex(/^([NCGMIH]\d+(\.\d+)?)$/, 'a clause id such as M2 or C0.1')
  .describe('所依条款 / the clause that it serves: M2, C0.1');
export const ruleId = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower case words joined by hyphens')
  .describe('编号 / id: lower case words joined by hyphens');
export const constant = z.union([z.number(), z.string(), z.boolean()]);
