import { z } from 'zod';
import { parseCivilDate } from '../../domain/civil-date.js';

const say = (code: string, zh: string, en: string) => ({ error: en, params: { code, zh } });

/** A date of the calendar, YYYY-MM-DD. */
export const civilDate = z
  .string()
  .refine(
    (value) => parseCivilDate(value) !== null,
    say('input.date', '不是日历上的日期（YYYY-MM-DD）', 'is no date of the calendar, YYYY-MM-DD'),
  )
  .meta({ format: 'date', examples: ['2026-11-24'] });

/** Money in whole fen, above zero and at most 2^53 - 1. */
export const fen = z
  .int('must be whole fen, at most 9007199254740991')
  .min(1, 'must be above zero')
  .meta({ description: 'Whole fen (分)' });

export const uuid = z.uuid();

/** Text without control characters other than tabs and line ends: no database text holds a NUL. */
const text = z
  .string()
  .trim()
  .min(1)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/, 'must hold no control characters')
  .refine(
    (value) => !/\p{Surrogate}/u.test(value),
    say('input.not-text', '含有不成对的代理字符', 'holds half a character'),
  );
export const shortText = text.max(200);
export const longText = text.max(2000);
export const cursorQuery = z.strictObject({
  cursor: uuid.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CursorQuery = z.infer<typeof cursorQuery>;
