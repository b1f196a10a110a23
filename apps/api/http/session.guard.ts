import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { civilDateOf } from '#libs/domain/civil-date.js';
import { problem } from '#libs/domain/problem.js';
import type { SessionHolder } from '#libs/persistence/identity/session-store.js';
import { type Actor, holds, type Units, unitsFor, unitsOfPosts } from '#libs/usecases/actor.js';
import { ACCESS, type Access } from './permission.decorator.js';
import { HttpProblem } from './problem-response.js';
import { RateLimiter } from './rate-limits.js';
import { SERVICES, type Services } from './services.js';

export const SESSION_COOKIE = 'wugang_session';

/** A request whose session was found. The actor comes from there: never from a header or a body. */
export type SignedInRequest = FastifyRequest & {
  actor: Actor;
  /** What the posts reach by the permission of the route; by any post where it asks for none. */
  units: Units;
  session: SessionHolder;
  sessionToken: string;
};

const notSignedIn = () => problem('unauthenticated', 'session.missing', { zh: '请先登录', en: 'sign in first' });
const notAllowed = (permission: string) =>
  problem(
    'forbidden',
    'permission.missing',
    { zh: `您现任的岗位没有 ${permission} 权限`, en: `none of your posts in force gives ${permission}` },
    { clause: 'G1' },
  );

const passwordFirst = () =>
  problem('forbidden', 'password.change-first', {
    zh: '请先修改一次性密码',
    en: 'change the one-time password first',
  });
const secondFactorFirst = () =>
  problem('forbidden', 'second-factor.add-first', {
    zh: '请先启用动态验证码',
    en: 'add a second factor first',
  });

@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(SERVICES) private readonly services: Services,
    @Inject(RateLimiter) private readonly limiter: RateLimiter,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.get<Access | undefined>(ACCESS, context.getHandler());
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const token = request.cookies[SESSION_COOKIE];
    const at = this.services.clock.now();
    const businessDate = civilDateOf(at);
    const holder = token === undefined ? null : await this.services.sessions.holderOf(token, at, businessDate);
    if (holder === null || token === undefined) throw new HttpProblem(notSignedIn());
    const { unionId, staffId, login: name, appointments } = holder;
    request.actor = { unionId, staffId, name, appointments, requestId: request.id, at, businessDate };
    request.units =
      access === undefined || access === 'signed-in' ? unitsOfPosts(request.actor) : unitsFor(request.actor, access);
    request.session = holder;
    request.sessionToken = token;
    const tooMany = await this.limiter.account(request, context.switchToHttp().getResponse<FastifyReply>());
    if (tooMany !== null) throw new HttpProblem(tooMany);
    if (access === 'signed-in') return true;
    if (holder.passwordOneTime && holder.method !== 'oidc') throw new HttpProblem(passwordFirst());
    if (this.services.secondFactorRequired && holder.method === 'password' && !holder.secondFactor)
      throw new HttpProblem(secondFactorFirst());
    if (access === undefined || !holds(request.actor, access)) throw new HttpProblem(notAllowed(access ?? 'any'));
    return true;
  }
}
