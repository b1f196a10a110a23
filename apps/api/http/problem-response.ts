import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Problem, type ProblemKind, problem } from '#libs/domain/problem.js';
import type { Language } from '#libs/domain/text.js';

const STATUS: Readonly<Record<ProblemKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  stale: 412,
  'too-large': 413,
  unsupported: 415,
  unprocessable: 422,
  'precondition-missing': 428,
  'too-many': 429,
  unavailable: 503,
};

/** Carries an expected failure out of a route. */
export class HttpProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.code);
  }
}

const KIND_OF_STATUS: Readonly<Record<number, ProblemKind>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  415: 'unsupported',
  429: 'too-many',
};

/** What the framework refused before a route was reached. */
export const fromFramework = (status: number, message: string): Problem => {
  if (status === 404)
    return problem('not-found', 'route.not-found', { zh: '没有这个地址', en: 'there is no such address' });
  if (status === 413) return problem('too-large', 'input.too-large', { zh: '内容过大', en: 'the body is too large' });
  return problem(KIND_OF_STATUS[status] ?? 'invalid', 'input.malformed', {
    zh: `请求无法解读：${message}`,
    en: message,
  });
};

export const statusOf = (kind: ProblemKind): number => STATUS[kind];

/** The language that the reader asked for: zh unless English is preferred. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const ranked = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((one) => one.trim()).find((one) => one.startsWith('q='));
      return { tag, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter(({ tag }) => tag.startsWith('en') || tag.startsWith('zh'))
    .sort((left, right) => right.quality - left.quality);
  return ranked[0]?.tag.startsWith('en') ? 'en' : 'zh';
}

/** RFC 9457 with a stable code, the clause, every fault with its path, and both languages. */
function problemBody(problem: Problem, language: Language, requestId: string) {
  return {
    type: `urn:wugang:problem:${problem.code}`,
    title: problem.text[language],
    status: STATUS[problem.kind],
    code: problem.code,
    ...(problem.clause === undefined ? {} : { clause: problem.clause }),
    text: problem.text,
    faults: problem.faults.map(({ path, code, text }) => ({ path, code, detail: text[language], text })),
    requestId,
  };
}

export function sendProblem(
  answer: Problem,
  request: FastifyRequest,
  reply: FastifyReply,
  status = statusOf(answer.kind),
): void {
  const language = preferredLanguage(request.headers['accept-language']);
  void reply
    .status(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-language', language === 'zh' ? 'zh-CN' : 'en')
    .send({ ...problemBody(answer, language, request.id), status });
}
