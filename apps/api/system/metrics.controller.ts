import { createHash, timingSafeEqual } from 'node:crypto';
import { Controller, Get, Header, Headers, Inject, NotFoundException, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Needs } from '../http/permission.decorator.js';
import type { Metrics } from './metrics.js';

/** The metrics and the token that opens them; null where the installation shows none. */
export const METRICS = Symbol('metrics');
export type GuardedMetrics = { readonly metrics: Metrics; readonly token: string } | null;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

@ApiExcludeController()
@Controller()
export class MetricsController {
  constructor(@Inject(METRICS) private readonly guarded: GuardedMetrics) {}

  /** Without the right token there is no such address. */
  @Get('metrics')
  @Needs('public')
  @Header('cache-control', 'no-store')
  async show(@Headers('authorization') authorization: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    const guarded = this.guarded;
    if (guarded === null || !timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${guarded.token}`)))
      throw new NotFoundException();
    await reply.type(guarded.metrics.contentType).send(await guarded.metrics.text());
  }
}
