import { z } from 'zod';
import type { ProviderSettings } from './identity-provider.js';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** An address whose traffic nobody else on the network reads. */
const safeUrl = z
  .url({ protocol: /^https?$/ })
  .refine(
    (text) => new URL(text).protocol === 'https:' || LOOPBACK.includes(new URL(text).hostname),
    'must be https, or on this machine',
  );

/** The settings of signing in by the identity provider of the bank. */
export const providerSettings = {
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((text) => new URL(text).origin)
    .optional(),
  OIDC_ISSUER: safeUrl.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_LOGIN_CLAIM: z.string().default('preferred_username'),
};

const given = z.object(providerSettings);

/** Undefined where one is missing; that all are there is checked with the settings. */
export function providerOf(it: z.infer<typeof given>): ProviderSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, PUBLIC_URL: publicUrl } = it;
  return issuer === undefined || clientId === undefined || clientSecret === undefined || publicUrl === undefined
    ? undefined
    : { issuer, clientId, clientSecret, publicUrl, loginClaim: it.OIDC_LOGIN_CLAIM };
}
