import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { SignedInRequest } from './session.guard.js';

/** The route's template: an address may name people, a template names none. */
export const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'none';

/** One line for each request: never its address, query, body or headers. A fault is a warning. */
export function logRequests(server: FastifyInstance, logger: Logger): void {
  server.addHook('onResponse', async (request, reply) => {
    logger[reply.statusCode >= 500 ? 'warn' : 'info'](lineOf(request, reply), 'request');
  });
}

const lineOf = (request: FastifyRequest, reply: FastifyReply) => ({
  requestId: request.id,
  method: request.method,
  route: routeOf(request),
  status: reply.statusCode,
  durationMs: Math.round(reply.elapsedTime * 10) / 10,
  staffId: (request as Partial<SignedInRequest>).actor?.staffId ?? undefined,
});
