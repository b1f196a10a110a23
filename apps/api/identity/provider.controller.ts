import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problem } from '#libs/domain/problem.js';
import { CALLBACK_PATH, ProviderRefused, providerJourney } from '#libs/platform/oidc/identity-provider.js';
import { notFound } from '#libs/usecases/problems.js';
import { signInByProvider } from '#libs/usecases/sign-in-by-provider.js';
import { Needs } from '../http/permission.decorator.js';
import { HttpProblem } from '../http/problem-response.js';
import { SERVICES, type Services } from '../http/services.js';
import { setSessionCookie } from './session-cookie.js';

const JOURNEY_COOKIE = 'wugang_provider';
const JOURNEY_SECONDS = 600;

const noProvider = () => notFound({ zh: '统一身份登录', en: 'identity provider' });
const refused = () =>
  problem('unauthenticated', 'session.provider-refused', {
    zh: '统一身份登录未成功，请重新登录',
    en: 'signing in by the identity provider did not succeed: begin again',
  });
const unavailable = () =>
  problem('unavailable', 'session.provider-unavailable', {
    zh: '统一身份平台无应答',
    en: 'the identity provider does not answer',
  });

/** Signing in by the identity provider of the bank (OpenID Connect). */
@ApiTags('sessions')
@Controller('api/v1/sessions/oidc')
export class ProviderController {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  @Get()
  @Needs('public')
  @ApiOperation({ summary: 'Go to the identity provider 统一身份登录' })
  @ApiResponse({ status: 302, description: 'To the provider' })
  async begin(@Res() reply: FastifyReply): Promise<void> {
    const { provider, tools, secureCookies: secure } = this.services;
    if (provider === null) throw new HttpProblem(noProvider());
    const { url, journey } = await provider.begin().catch((cause: unknown) => {
      throw cause instanceof ProviderRefused ? new HttpProblem(unavailable()) : cause;
    });
    const kept = tools.vault.encrypt(JSON.stringify(journey)).toString('base64url');
    // Lax: the browser comes back by a link from another site.
    const options = { httpOnly: true, sameSite: 'lax', path: CALLBACK_PATH, maxAge: JOURNEY_SECONDS, secure } as const;
    await reply.setCookie(JOURNEY_COOKIE, kept, options).redirect(url, 302);
  }

  @Get('callback')
  @Needs('public')
  @ApiOperation({ summary: 'Come back from the identity provider' })
  @ApiResponse({ status: 302, description: 'Signed in: to the first page' })
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { provider, signIn, clock, secureCookies } = this.services;
    if (provider === null) throw new HttpProblem(noProvider());
    const query = request.url.split('?')[1] ?? '';
    const journey = this.journeyOf(request.cookies[JOURNEY_COOKIE]);
    const identity = await provider.finish(query, journey).catch((cause: unknown) => {
      throw cause instanceof ProviderRefused ? new HttpProblem(refused()) : cause;
    });
    const outcome = await signInByProvider(signIn, identity, clock.now());
    if (outcome.isErr()) throw new HttpProblem(outcome.error);
    setSessionCookie(reply, outcome.value, secureCookies);
    await reply.clearCookie(JOURNEY_COOKIE, { path: CALLBACK_PATH }).redirect('/', 302);
  }

  private journeyOf(cookie: string | undefined) {
    try {
      const sealed = Buffer.from(cookie ?? '', 'base64url');
      return providerJourney.parse(JSON.parse(this.services.tools.vault.decrypt(sealed)));
    } catch {
      throw new HttpProblem(refused());
    }
  }
}
