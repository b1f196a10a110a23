import type { BenchRule } from '../bench-rules.js';
import { handDecisions, handLoop } from '../hand-loop.js';
import type { HandFacts } from '../hand-written.js';
import type { Contender } from './contender.js';

/** The rules written out by hand in TypeScript: answers in one block of bytes, and as lists of findings. */
export const handContenders = (rules: readonly BenchRule[], rows: readonly HandFacts[]): Contender[] => [
  { name: 'handWritten', rows: rows.length, pass: () => handLoop(rules, rows) },
  { name: 'handWrittenLists', rows: rows.length, pass: () => handDecisions(rules, rows) },
];
