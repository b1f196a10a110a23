import { randomUUID } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { HttpSettings } from '#libs/platform/config.js';
import { DOCUMENT_TYPES } from '#libs/platform/documents/content-type.js';
import { XLSX_TYPE } from '#libs/platform/xlsx/write-workbook.js';
import { fromFramework, sendProblem } from './problem-response.js';

const BODY_LIMIT_BYTES = 256 * 1024;
const TABLE_LIMIT_BYTES = 2 * 1024 * 1024;
const DOCUMENT_LIMIT_BYTES = 20 * 1024 * 1024;

const REQUEST_TIMEOUT_MS = 120_000;
const HEADERS_TIMEOUT_MS = 15_000;
/** Longer than the minute that balancers keep a connection: who closes first must be the balancer. */
const KEEP_ALIVE_MS = 72_000;
const LOOK_FOR_SLOW_EVERY_MS = 2_000;

/** The HTTP server with what it takes from callers: how large, how slow. */
export function httpAdapter({ trustProxy, requestTimeoutMs = REQUEST_TIMEOUT_MS }: HttpSettings): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: () => randomUUID(),
    logger: false,
    forceCloseConnections: 'idle',
    trustProxy: trustProxy === undefined ? false : [...trustProxy],
    requestTimeout: requestTimeoutMs,
    connectionTimeout: requestTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: {
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, requestTimeoutMs),
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: LOOK_FOR_SLOW_EVERY_MS,
    },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(fromFramework(error.statusCode ?? 400, error.message), request, reply),
  });
}

/** Kinds of bodies, cookies, and the headers of every answer. */
export async function furnish(server: FastifyInstance): Promise<void> {
  server.addContentTypeParser(
    [...DOCUMENT_TYPES],
    { parseAs: 'buffer', bodyLimit: DOCUMENT_LIMIT_BYTES },
    (_, body, done) => done(null, body),
  );
  server.addContentTypeParser(
    ['text/csv', XLSX_TYPE],
    { parseAs: 'buffer', bodyLimit: TABLE_LIMIT_BYTES },
    (_, body, done) => done(null, body),
  );
  await server.register(fastifyCookie);
  await server.register(fastifyHelmet, {
    contentSecurityPolicy: {
      directives: { 'script-src': ["'self'", "'unsafe-inline'"], 'frame-ancestors': ["'none'"] },
    },
    frameguard: { action: 'deny' },
  });
  let closing = false;
  server.addHook('preClose', async () => {
    closing = true;
  });
  server.addHook('onSend', async (request, reply) => {
    // A connection that is kept alive behind its last answer would hold up the end of the process.
    if (closing) reply.header('connection', 'close');
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
  });
}
