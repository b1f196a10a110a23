import { z } from 'zod';
import { shortText } from './values.js';

export const signInBody = z.strictObject({
  login: shortText,
  password: z.string().min(1).max(200),
});
export type SignInBody = z.infer<typeof signInBody>;
