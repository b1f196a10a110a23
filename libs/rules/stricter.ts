import { VERDICTS, type Verdict, worstVerdict } from '../domain/verdict.js';
import { contentHash } from './content-hash.js';
import type { Finding, Outcome } from './evaluate.js';

export interface StricterOutcome {
  readonly outcome: Outcome;
  /** Rules whose finding is the second book's. */
  readonly fromSecond: ReadonlySet<string>;
}

const worse = (one: Verdict, other: Verdict): boolean => VERDICTS.indexOf(one) > VERDICTS.indexOf(other);

/**
 * What two books find of the same facts, as one outcome with the worse verdict: each rule's finding once, the worse of the two,
 * the first book's where they are alike. Where one book alone decides, `second` is null and the outcome its own.
 */
export function stricterOf(first: Outcome, second: Outcome | null): StricterOutcome {
  if (second === null) return { outcome: first, fromSecond: new Set() };
  const findings = new Map<string, Finding>(first.findings.map((finding) => [finding.ruleId, finding]));
  const fromSecond = new Set<string>();
  for (const finding of second.findings) {
    const known = findings.get(finding.ruleId);
    if (known !== undefined && !worse(finding.verdict, known.verdict)) continue;
    findings.set(finding.ruleId, finding);
    fromSecond.add(finding.ruleId);
  }
  const ordered = [...findings.values()].sort((left, right) => (left.ruleId < right.ruleId ? -1 : 1));
  const verdict = worstVerdict(ordered.map((finding) => finding.verdict));
  return { outcome: { verdict, findings: ordered, hash: contentHash({ verdict, findings: ordered }) }, fromSecond };
}
