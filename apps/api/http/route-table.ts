import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** A route that answers at run time, whoever mounted it. */
export interface Route {
  readonly method: string;
  /** With `:parameters`. */
  readonly path: string;
}

const TABLES = new WeakMap<object, Route[]>();

/** Keeps every route that is registered from now on: the API's own, the documentation's, and whatever is mounted later. */
export function watchRoutes(server: FastifyInstance): void {
  const table: Route[] = [];
  TABLES.set(server.server, table);
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD' && one !== 'OPTIONS') table.push({ method: one, path: url });
  });
}

/** The routes of an application, each once. */
export function routesOf(app: NestFastifyApplication): readonly Route[] {
  const table = TABLES.get(app.getHttpServer()) ?? [];
  return [...new Map(table.map((route) => [`${route.method} ${route.path}`, route])).values()];
}
