import { VERDICTS } from '#libs/domain/verdict.js';
import type { BenchRule } from './bench-rules.js';
import type { HandFacts } from './hand-written.js';

/** What a pass says: an answer a byte (0 finds nothing, 1 finds, 2 cannot judge), row by row, and each row's level. */
export interface Said {
  readonly answers: Uint8Array;
  readonly levels: Uint8Array;
}

/** The rules written out by hand, one row after another, every answer kept in the tightest form there is. */
export function handLoop(rules: readonly BenchRule[], rows: readonly HandFacts[]): Said {
  const asked = rules.map(({ hand }) => hand);
  const found = rules.map(({ rule }) => VERDICTS.indexOf(rule.severity));
  const unknown = rules.map(({ rule }) => VERDICTS.indexOf(rule.whenUnknown));
  const answers = new Uint8Array(rows.length * asked.length);
  const levels = new Uint8Array(rows.length);
  let at = 0;
  for (let row = 0; row < rows.length; row += 1) {
    const facts = rows[row] as HandFacts;
    let level = 0;
    for (let index = 0; index < asked.length; index += 1, at += 1) {
      const said = (asked[index] as BenchRule['hand'])(facts);
      if (said === false) continue;
      answers[at] = said === null ? 2 : 1;
      const own = (said === null ? unknown[index] : found[index]) ?? 3;
      if (own > level) level = own;
    }
    levels[row] = level;
  }
  return { answers, levels };
}

/** A decision as a program would hand it on: its verdict and the findings by rule. */
export interface HandDecision {
  readonly level: number;
  readonly findings: readonly { readonly rule: string; readonly level: number; readonly judged: boolean }[];
}

/** The same loop with a list of findings for each row. */
export function handDecisions(rules: readonly BenchRule[], rows: readonly HandFacts[]): HandDecision[] {
  return rows.map((facts) => {
    const findings = [];
    let worst = 0;
    for (const { rule, hand } of rules) {
      const said = hand(facts);
      if (said === false) continue;
      const level = VERDICTS.indexOf(said === null ? rule.whenUnknown : rule.severity);
      findings.push({ rule: rule.id, level, judged: said === true });
      if (level > worst) worst = level;
    }
    return { level: worst, findings };
  });
}
