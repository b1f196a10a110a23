import type { Problem, ProblemKind } from '#libs/domain/problem.js';
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
export function problemBody(problem: Problem, language: Language, requestId: string) {
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
