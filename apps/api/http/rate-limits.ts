import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Problem, problem } from '#libs/domain/problem.js';
import type { RateLimits } from '#libs/platform/config.js';
import type { Actor } from '#libs/usecases/actor.js';
import { sendProblem } from './problem-response.js';

/** Asked by balancers and watchdogs, each few seconds. */
const UNLIMITED = ['/health', '/ready'];
const SIGN_IN = 'POST /api/v1/sessions';
const KEPT_CALLERS = 10_000;

/** A request of somebody who is known. */
type Known = FastifyRequest & { readonly actor: Actor };
type Limiter = ReturnType<FastifyInstance['createRateLimit']>;

const tooMany = (seconds: number): Problem =>
  problem('too-many', 'rate.limited', {
    zh: `请求过于频繁，请在${seconds}秒后重试`,
    en: `too many requests: try again in ${seconds} seconds`,
  });

/** Counts requests by address before anything is read, and by account once it is known who asks; in this process alone. */
export class RateLimiter {
  private constructor(private readonly byAccount: Limiter | null) {}

  /** Limits a server's addresses. Without limits nothing is counted. */
  static async of(server: FastifyInstance, limits: RateLimits | undefined): Promise<RateLimiter> {
    if (limits === undefined) return new RateLimiter(null);
    await server.register(rateLimit, { global: false, timeWindow: 60_000, cache: KEPT_CALLERS });
    const byAddress = server.createRateLimit({ max: limits.address });
    const signIns = server.createRateLimit({ max: limits.signIn });
    server.addHook('onRequest', async (request, reply) => {
      const route = request.routeOptions.url ?? '';
      if (UNLIMITED.includes(route)) return;
      const refusal =
        (await refused(byAddress, request, reply)) ??
        (`${request.method} ${route}` === SIGN_IN ? await refused(signIns, request, reply) : null);
      if (refusal === null) return;
      sendProblem(refusal, request, reply);
      return reply;
    });
    const keyGenerator = (request: FastifyRequest) => {
      const { unionId, staffId } = (request as Known).actor;
      return staffId ?? unionId;
    };
    return new RateLimiter(server.createRateLimit({ max: limits.account, keyGenerator }));
  }

  /** Counts one request more of whoever is signed in; null where it may go on. */
  async account(request: Known, reply: FastifyReply): Promise<Problem | null> {
    return this.byAccount === null ? null : refused(this.byAccount, request, reply);
  }
}

async function refused(limiter: Limiter, request: FastifyRequest, reply: FastifyReply): Promise<Problem | null> {
  const counted = await limiter(request);
  if (counted.isAllowed || !counted.isExceeded) return null;
  reply.header('retry-after', counted.ttlInSeconds);
  return tooMany(counted.ttlInSeconds);
}
