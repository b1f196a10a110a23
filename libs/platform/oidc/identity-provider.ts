import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { z } from 'zod';
import type { ProvidedIdentity } from '../../usecases/sign-in-by-provider.js';

export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the service is reached by browsers, without a path. */
  readonly publicUrl: string;
  /** The claim that is the login here. */
  readonly loginClaim: string;
}

export const CALLBACK_PATH = '/api/v1/sessions/oidc/callback';

/** What must be known again when the browser comes back; it lies encrypted in a cookie meanwhile. */
export const providerJourney = z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string() });
export type ProviderJourney = z.infer<typeof providerJourney>;

/** The provider does not answer, or what came back is not what it gave. */
export class ProviderRefused extends Error {}

/** OpenID Connect with the bank's identity provider: authorization code with PKCE, state and nonce. */
export class IdentityProvider {
  private found: Promise<Configuration> | undefined;

  constructor(private readonly settings: ProviderSettings) {}

  /** Where the browser goes to sign in. Throws ProviderRefused where the provider cannot be reached. */
  async begin(): Promise<{ url: string; journey: ProviderJourney }> {
    const configuration = await this.configuration();
    const journey = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: this.settings.publicUrl + CALLBACK_PATH,
      scope: 'openid profile',
      state: journey.state,
      nonce: journey.nonce,
      code_challenge: await calculatePKCECodeChallenge(journey.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, journey };
  }

  /** Who came back with `query`. Throws ProviderRefused where the answer is not to this journey, or the provider takes it back. */
  async finish(query: string, { state, nonce, verifier }: ProviderJourney): Promise<ProvidedIdentity> {
    const configuration = await this.configuration();
    const url = new URL(`${this.settings.publicUrl}${CALLBACK_PATH}?${query}`);
    try {
      const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
      const claims = (await authorizationCodeGrant(configuration, url, checks)).claims();
      if (claims === undefined) throw new ProviderRefused('the provider gave no identity');
      const login = claims[this.settings.loginClaim];
      return { issuer: claims.iss, subject: claims.sub, login: typeof login === 'string' ? login : null };
    } catch (cause) {
      throw new ProviderRefused('the answer of the provider was refused', { cause });
    }
  }

  /** Asked once; again where it failed. */
  private async configuration(): Promise<Configuration> {
    this.found ??= this.discover();
    try {
      return await this.found;
    } catch (cause) {
      this.found = undefined;
      throw new ProviderRefused('the identity provider does not answer', { cause });
    }
  }

  private discover(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const options = new URL(issuer).protocol === 'http:' ? { execute: [allowInsecureRequests] } : {};
    return discovery(new URL(issuer), clientId, undefined, ClientSecretPost(clientSecret), { timeout: 5, ...options });
  }
}
