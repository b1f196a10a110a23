import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type SignInBody, signInBody } from '#libs/contracts/http/sessions.js';
import { meView, sessionView } from '#libs/contracts/http/views.js';
import { permissionsOf } from '#libs/domain/permission.js';
import { signIn } from '#libs/usecases/sign-in.js';
import { Answers } from '../http/answers.decorator.js';
import { Needs } from '../http/permission.decorator.js';
import { HttpProblem } from '../http/problem-response.js';
import { SERVICES, type Services } from '../http/services.js';
import { SESSION_COOKIE, type SignedInRequest } from '../http/session.guard.js';

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
    const { token, expiresAt } = outcome.value;
    reply.setCookie(SESSION_COOKIE, token, {
      httpOnly: true,
      sameSite: 'strict',
      path: '/',
      expires: expiresAt,
      secure: this.services.secureCookies,
    });
    return { expiresAt: expiresAt.toISOString() };
  }

  @Delete('sessions/current')
  @HttpCode(204)
  @Needs('signed-in')
  @ApiOperation({ summary: 'Sign out 退出' })
  async close(@Req() request: SignedInRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.services.signIn.revoke(request.sessionToken, request.actor.at);
    reply.clearCookie(SESSION_COOKIE, { path: '/' });
  }

  @Get('me')
  @Answers(200, meView, 'Posts in force and what they allow')
  @Needs('signed-in')
  @ApiOperation({ summary: 'Who I am, and what my posts in force allow 当前用户' })
  me(@Req() { actor }: SignedInRequest) {
    const permissions = [...new Set(actor.appointments.flatMap(({ post }) => permissionsOf(post)))].sort();
    return {
      login: actor.name,
      staffId: actor.staffId,
      businessDate: actor.businessDate,
      appointments: actor.appointments,
      permissions,
    };
  }
}
