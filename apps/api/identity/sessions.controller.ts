import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type SignInBody, sessionsView, sessionView, signInBody, waysInView } from '#libs/contracts/http/sessions.js';
import { uuid } from '#libs/contracts/http/values.js';
import { notFound } from '#libs/usecases/problems.js';
import { signIn } from '#libs/usecases/sign-in.js';
import { Answers, AnswersNothing } from '../http/answers.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { HttpProblem } from '../http/problem-response.js';
import { SERVICES, type Services } from '../http/services.js';
import { SESSION_COOKIE, type SignedInRequest } from '../http/session.guard.js';
import { setSessionCookie } from './session-cookie.js';

@ApiTags('sessions')
@Controller('api/v1')
export class SessionsController {
  constructor(@Inject(SERVICES) private readonly services: Services) {}

  @Post('sessions')
  @Answers(201, sessionView, 'Signed in: the session is in the cookie')
  @HttpCode(201)
  @Needs('public')
  @ApiOperation({ summary: 'Sign in 登录' })
  async open(@Body({ schema: signInBody }) body: SignInBody, @Res({ passthrough: true }) reply: FastifyReply) {
    const outcome = await signIn(this.services.signIn, body, this.services.clock.now());
    if (outcome.isErr()) throw new HttpProblem(outcome.error);
    setSessionCookie(reply, outcome.value, this.services.secureCookies);
    return { expiresAt: outcome.value.expiresAt.toISOString() };
  }

  @Get('sessions/methods')
  @Needs('public')
  @ApiOperation({ summary: 'How one may sign in here 登录方式' })
  @Answers(200, waysInView, 'Ways in')
  ways() {
    return { password: true, oidc: this.services.provider !== null };
  }

  @Delete('sessions/current')
  @AnswersNothing('Signed out')
  @HttpCode(204)
  @Needs('signed-in')
  @ApiOperation({ summary: 'Sign out 退出' })
  async close(@Req() request: SignedInRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.services.sessions.revoke(request.sessionToken, request.actor.at);
    reply.clearCookie(SESSION_COOKIE, { path: '/' });
  }

  @Get('sessions')
  @Needs('signed-in')
  @ApiOperation({ summary: 'My open sessions 我的登录' })
  @Answers(200, sessionsView, 'The newest first')
  async mine(@Req() request: SignedInRequest) {
    const { unionId, staffId } = request.actor;
    const owner = { unionId, staffId: staffId ?? unionId };
    return { items: await this.services.sessions.sessionsOf(owner, request.sessionToken) };
  }

  @Delete('sessions/:id')
  @AnswersNothing('Ended')
  @HttpCode(204)
  @Needs('signed-in')
  @ApiOperation({ summary: 'End one of my sessions 结束我的一个登录' })
  async end(@Req() { actor }: SignedInRequest, @Param('id', { schema: uuid }) id: string): Promise<void> {
    const owner = { unionId: actor.unionId, staffId: actor.staffId ?? actor.unionId };
    if (!(await this.services.sessions.revokeOwn(owner, id, actor.at)))
      throw new HttpProblem(notFound({ zh: '登录', en: 'session' }));
  }
}
