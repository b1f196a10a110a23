import 'reflect-metadata';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { DiscoveryService, NestFactory, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { Logger } from 'pino';
import type { HttpSettings } from '#libs/platform/config.js';
import { schemaFaults } from '#libs/rules/schema-faults.js';
import { invalidInput } from '#libs/usecases/problems.js';
import { AppModule } from './app.module.js';
import { HttpProblem } from './http/problem-response.js';
import { RateLimiter } from './http/rate-limits.js';
import { logRequests } from './http/request-log.js';
import { everyRouteNamesItsPermission } from './http/route-access.js';
import { watchRoutes } from './http/route-table.js';
import { furnish, httpAdapter } from './http/server.js';
import type { Services } from './http/services.js';
import { openApiDocument } from './openapi.js';
import type { GuardedMetrics } from './system/metrics.controller.js';
import { Metrics } from './system/metrics.js';

type Issues = Parameters<typeof schemaFaults>[0]['issues'];

/**
 * Builds the API over its services. It is not listening yet. Throws where a route names no permission. Without settings
 * no caller is limited and no metrics are kept.
 */
export async function createApp(
  services: Services,
  logger: Logger,
  settings: HttpSettings = {},
): Promise<NestFastifyApplication> {
  const adapter = httpAdapter(settings);
  const server = adapter.getInstance();
  watchRoutes(server);
  logRequests(server, logger);
  const metrics = metricsOf(services, settings);
  metrics?.metrics.watch(server);
  await furnish(server);
  const limiter = await RateLimiter.of(server, settings.limits);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(services, logger, limiter, metrics),
    adapter,
    { logger: false, abortOnError: false },
  );
  app.useGlobalPipes(
    new StandardSchemaValidationPipe({
      exceptionFactory: (issues) =>
        new HttpProblem(invalidInput(schemaFaults({ issues: issues as unknown as Issues }))),
    }),
  );
  const document = openApiDocument(app);
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'openapi.json', customSiteTitle: 'Wugang 五岗 API' });
  await app.init();
  everyRouteNamesItsPermission(app.get(DiscoveryService, { strict: false }), app.get(Reflector));
  await server.ready();
  return app;
}

const metricsOf = (services: Services, { metricsToken: token }: HttpSettings): GuardedMetrics =>
  token === undefined ? null : { metrics: new Metrics(services), token };
