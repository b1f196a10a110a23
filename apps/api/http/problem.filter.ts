import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { type Problem, type ProblemKind, problem } from '#libs/domain/problem.js';
import { HttpProblem, preferredLanguage, problemBody, statusOf } from './problem-response.js';

const KIND_OF_STATUS: Readonly<Record<number, ProblemKind>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  415: 'unsupported',
  429: 'too-many',
};

const fromFramework = (status: number, message: string): Problem => {
  if (status === 404)
    return problem('not-found', 'route.not-found', { zh: '没有这个地址', en: 'there is no such address' });
  if (status === 413) return problem('too-large', 'input.too-large', { zh: '内容过大', en: 'the body is too large' });
  return problem(KIND_OF_STATUS[status] ?? 'invalid', 'input.malformed', {
    zh: `请求无法解读：${message}`,
    en: message,
  });
};

/** Turns whatever a route throws into RFC 9457; faults of the program are logged whole and told as such, without a stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(cause: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const known = this.problemOf(cause);
    const language = preferredLanguage(request.headers['accept-language']);
    const answer =
      known ??
      problem('unavailable', 'internal', { zh: '系统故障，操作未生效', en: 'a fault of the system: nothing was done' });
    const status = known === null ? 500 : statusOf(known.kind);
    if (known === null) this.logger.error({ err: cause, requestId: request.id }, 'request failed');
    void reply
      .status(status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('content-language', language === 'zh' ? 'zh-CN' : 'en')
      .send({ ...problemBody(answer, language, request.id), status });
  }

  private problemOf(cause: unknown): Problem | null {
    if (cause instanceof HttpProblem) return cause.problem;
    if (cause instanceof HttpException)
      return cause.getStatus() < 500 ? fromFramework(cause.getStatus(), cause.message) : null;
    const status = (cause as { statusCode?: unknown }).statusCode;
    if (typeof status === 'number' && status < 500) return fromFramework(status, (cause as Error).message);
    return null;
  }
}
