import type { Bilingual } from './text.js';

/** What went wrong, by its nature; the HTTP status is the error mapper's business. */
export type ProblemKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'stale'
  | 'precondition-missing'
  | 'unprocessable'
  | 'too-many'
  | 'too-large'
  | 'unsupported'
  | 'unavailable';

/** One fault of an input: where, a stable code, and a text that says how to mend it. */
export interface Fault {
  /** JSON pointer into the input, "" for the whole of it. */
  readonly path: string;
  readonly code: string;
  readonly text: Bilingual;
}

/** An expected failure. It is a value: exceptions are for faults of the program or the machine. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly code: string;
  readonly clause?: string;
  readonly text: Bilingual;
  readonly faults: readonly Fault[];
}

export function problem(
  kind: ProblemKind,
  code: string,
  text: Bilingual,
  more: { clause?: string; faults?: readonly Fault[] } = {},
): Problem {
  return { kind, code, text, faults: more.faults ?? [], ...(more.clause === undefined ? {} : { clause: more.clause }) };
}

export const fault = (path: string, code: string, text: Bilingual): Fault => ({ path, code, text });
