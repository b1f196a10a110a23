import { z } from 'zod';
import { SIGN_IN_METHODS } from '../../domain/sign-in-method.js';
import { shortText, uuid } from './values.js';

const password = z.string().min(1).max(200);
const code = z.string().trim().min(6).max(40).describe('Six digits of the authenticator, or a recovery code');

export const signInBody = z.strictObject({
  login: shortText,
  password,
  code: code.optional(),
});
export type SignInBody = z.infer<typeof signInBody>;

export const changePasswordBody = z.strictObject({ current: password, next: password });
export type ChangePasswordBody = z.infer<typeof changePasswordBody>;

export const passwordBody = z.strictObject({ password });
export type PasswordBody = z.infer<typeof passwordBody>;

export const codeBody = z.strictObject({ code });
export type CodeBody = z.infer<typeof codeBody>;

export const passwordAndCodeBody = z.strictObject({ password, code });
export type PasswordAndCodeBody = z.infer<typeof passwordAndCodeBody>;

export const secondFactorView = z.strictObject({
  secret: z.string().describe('Base32, for typing in'),
  uri: z.string().describe('otpauth, for a picture that an authenticator reads'),
});
export const recoveryCodesView = z.strictObject({
  recoveryCodes: z.array(z.string()).describe('Shown this once; each opens one session in place of a code'),
});

export const openAccountBody = z.strictObject({
  staffId: uuid,
  login: z.string().regex(/^[a-z0-9][a-z0-9._@-]{1,63}$/, 'lower-case letters, digits and . _ @ -, 2 to 64 of them'),
});
export type OpenAccountBody = z.infer<typeof openAccountBody>;

export const accountChangeBody = z.strictObject({
  change: z.enum(['disable', 'enable', 'unlock', 'remove-second-factor']),
});
export type AccountChangeBody = z.infer<typeof accountChangeBody>;

export const accountView = z.strictObject({
  id: uuid,
  login: z.string(),
  staffId: uuid,
  staffNo: z.string(),
  name: z.string(),
  disabled: z.boolean(),
  lockedUntil: z.iso.datetime().nullable(),
  passwordOneTime: z.boolean(),
  secondFactor: z.boolean(),
  boundToProvider: z.boolean(),
});
export const accountWithPasswordView = accountView.extend({
  oneTimePassword: z.string().describe('Shown this once; it opens nothing but its own change'),
});
export const accountsPage = z.strictObject({ items: z.array(accountView), nextCursor: uuid.nullable() });

export const sessionsView = z.strictObject({
  items: z.array(
    z.strictObject({
      id: uuid,
      method: z.enum(SIGN_IN_METHODS),
      createdAt: z.iso.datetime(),
      lastSeenAt: z.iso.datetime().describe('To the minute'),
      expiresAt: z.iso.datetime(),
      current: z.boolean().describe('The one that asks'),
    }),
  ),
});

export const sessionView = z.strictObject({ expiresAt: z.iso.datetime() });
export const waysInView = z.strictObject({
  password: z.boolean(),
  oidc: z.boolean().describe('By the identity provider of the bank'),
});
