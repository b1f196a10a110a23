import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { DiscoveryService, NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { DOCUMENT_TYPES } from '#libs/platform/documents/content-type.js';
import { schemaFaults } from '#libs/rules/schema-faults.js';
import { invalidInput } from '#libs/usecases/problems.js';
import { AppModule } from './app.module.js';
import { fromFramework, HttpProblem, sendProblem } from './http/problem-response.js';
import { everyRouteNamesItsPermission } from './http/route-access.js';
import type { Services } from './http/services.js';
import { openApiDocument } from './openapi.js';

const BODY_LIMIT_BYTES = 256 * 1024;
const TABLE_LIMIT_BYTES = 2 * 1024 * 1024;
const DOCUMENT_LIMIT_BYTES = 20 * 1024 * 1024;

type Issues = Parameters<typeof schemaFaults>[0]['issues'];

/** Builds the API over its services. It is not listening yet. Throws where a route names no permission. */
export async function createApp(services: Services, logger: Logger): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: () => randomUUID(),
    logger: false,
    forceCloseConnections: 'idle',
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(fromFramework(error.statusCode ?? 400, error.message), request, reply),
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(services, logger), adapter, {
    logger: false,
    abortOnError: false,
  });
  const server = adapter.getInstance();
  server.addContentTypeParser(
    [...DOCUMENT_TYPES],
    { parseAs: 'buffer', bodyLimit: DOCUMENT_LIMIT_BYTES },
    (_, body, done) => done(null, body),
  );
  server.addContentTypeParser('text/csv', { parseAs: 'string', bodyLimit: TABLE_LIMIT_BYTES }, (_, body, done) =>
    done(null, body),
  );
  await app.register(fastifyCookie);
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: { directives: { 'script-src': ["'self'", "'unsafe-inline'"] } },
  });
  app.useGlobalPipes(
    new StandardSchemaValidationPipe({
      exceptionFactory: (issues) =>
        new HttpProblem(invalidInput(schemaFaults({ issues: issues as unknown as Issues }))),
    }),
  );
  adapter.getInstance().addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  const document = openApiDocument(app);
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'openapi.json', customSiteTitle: 'Wugang 五岗 API' });
  await app.init();
  everyRouteNamesItsPermission(app.get(DiscoveryService, { strict: false }), app.get(Reflector));
  await adapter.getInstance().ready();
  return app;
}
