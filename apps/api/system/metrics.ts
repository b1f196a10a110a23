import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { unsealedAnywhereSince } from '#libs/persistence/seal-audit.js';
import { routeOf } from '../http/request-log.js';
import type { Services } from '../http/services.js';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

/** What Prometheus reads of one application: in a registry of its own. */
export class Metrics {
  private readonly registry = new Registry();
  readonly contentType = this.registry.contentType;

  constructor(private readonly services: Services) {
    collectDefaultMetrics({ register: this.registry });
    this.gauges();
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }

  /** Times requests by method, route and status. */
  watch(server: FastifyInstance): void {
    const registers = [this.registry];
    const duration = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from a request to the end of its answer',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    });
    const failures = new Counter({
      name: 'wugang_sign_in_failures_total',
      help: 'Attempts to sign in that were refused (401) or held back (429)',
      labelNames: ['status'],
      registers,
    });
    server.addHook('onResponse', async (request, reply) => {
      const { method } = request;
      const route = routeOf(request);
      const status = String(reply.statusCode);
      duration.observe({ method, route, status }, reply.elapsedTime / 1000);
      if (method === 'POST' && route === '/api/v1/sessions' && ['401', '429'].includes(status))
        failures.inc({ status });
    });
  }

  private gauges(): void {
    const { tools, clock } = this.services;
    const { pool } = tools;
    this.gauge('wugang_database_connections_in_use', 'Connections lent out', () => pool.totalCount - pool.idleCount);
    this.gauge('wugang_database_requests_waiting', 'Requests that wait for a connection', () => pool.waitingCount);
    this.gauge('wugang_audit_oldest_unsealed_seconds', 'Age of the oldest audit row without its seal', async () => {
      const since = await unsealedAnywhereSince(pool);
      return since === null ? 0 : Math.max(0, (clock.now().getTime() - since.getTime()) / 1000);
    });
  }

  /** A value that cannot be read is none: never the last one, nor zero. */
  private gauge(name: string, help: string, value: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        this.set(
          await Promise.resolve()
            .then(value)
            .catch(() => Number.NaN),
        );
      },
    });
  }
}
