import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { type Problem, problem } from '#libs/domain/problem.js';
import { cutByDatabase } from '#libs/persistence/database-refusals.js';
import { fromFramework, HttpProblem, sendProblem, statusOf } from './problem-response.js';

/** Turns whatever a route throws into RFC 9457; faults of the program are logged whole and told as such, without a stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(cause: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const known = this.problemOf(cause, request.id);
    const answer =
      known ??
      problem('unavailable', 'internal', { zh: '系统故障，操作未生效', en: 'a fault of the system: nothing was done' });
    const status = known === null ? 500 : statusOf(known.kind);
    if (known === null) this.logger.error({ err: cause, requestId: request.id }, 'request failed');
    sendProblem(answer, request, reply, status);
  }

  private problemOf(cause: unknown, requestId: string): Problem | null {
    if (cause instanceof HttpProblem) return cause.problem;
    if (cause instanceof HttpException)
      return cause.getStatus() < 500 ? fromFramework(cause.getStatus(), cause.message) : null;
    const status = (cause as { statusCode?: unknown }).statusCode;
    if (typeof status === 'number' && status < 500) return fromFramework(status, (cause as Error).message);
    const cut = cutByDatabase(cause);
    if (cut !== null) this.logger.error({ err: cause, requestId }, 'the database took too long');
    return cut;
  }
}
