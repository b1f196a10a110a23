import type { Truth } from '../../domain/kleene.js';
import type { Post } from '../../domain/post.js';
import type { Bilingual } from '../../domain/text.js';
import type { Verdict } from '../../domain/verdict.js';
import type { RuleBook } from '../book.js';
import { contentHash } from '../content-hash.js';
import type { Outcome } from '../evaluate.js';
import type { Rule } from '../rule-format.js';
import { type ExplainedCondition, explainConditions } from './conditions.js';
import type { DecidedAgain } from './decide-again.js';
import type { Situation } from './situation.js';

export interface ExplainedRule {
  readonly ruleId: string;
  /** The book whose rule it is; of what two books say alike, the decision's own. */
  readonly bookHash: string;
  /** False where the answer of the other book's rule of the same id is the one that counts: this one was asked beside it. */
  readonly counts: boolean;
  readonly clause: string;
  readonly title: Bilingual;
  readonly severity: Verdict;
  readonly truth: Truth;
  /** PASS where the rule found nothing. */
  readonly verdict: Verdict;
  readonly excepted: string | null;
  readonly answeredBy: Post | null;
  /** The post that may waive what was found; null: nobody may, or there is nothing to waive. */
  readonly waivedBy: Post | null;
  /** Why it found something; null where it found nothing. */
  readonly reason: Bilingual | null;
  readonly conditions: readonly ExplainedCondition[];
}

interface Books {
  readonly book: RuleBook;
  readonly pinnedBook: RuleBook | null;
}

/** Every rule that was asked, by id: what counts before what was asked beside it. */
export function explainRules(
  { book, pinnedBook }: Books,
  { first, second, fromSecond }: DecidedAgain,
  situation: Situation,
): ExplainedRule[] {
  const own = new Map(situation.books.first.map((rule) => [rule.id, rule]));
  const rules = situation.books.first.map((rule) =>
    explainRule(rule, first, situation, { bookHash: book.hash, counts: !fromSecond.has(rule.id) }),
  );
  if (pinnedBook === null || second === null) return rules;
  const { hash: bookHash } = pinnedBook;
  for (const rule of situation.books.second ?? []) {
    const known = own.get(rule.id);
    if (known !== undefined && contentHash(known) === contentHash(rule)) continue;
    const counts = known === undefined || fromSecond.has(rule.id);
    rules.push(explainRule(rule, second, situation, { bookHash, counts }));
  }
  return rules.sort(byIdAndUse);
}

function byIdAndUse(left: ExplainedRule, right: ExplainedRule): number {
  if (left.ruleId !== right.ruleId) return left.ruleId < right.ruleId ? -1 : 1;
  return Number(right.counts) - Number(left.counts);
}

function explainRule(
  rule: Rule,
  { findings }: Outcome,
  situation: Situation,
  asked: Pick<ExplainedRule, 'bookHash' | 'counts'>,
): ExplainedRule {
  const finding = findings.find(({ ruleId }) => ruleId === rule.id);
  const conditions = explainConditions(rule.conditions, situation);
  return {
    ruleId: rule.id,
    ...asked,
    clause: rule.clause,
    title: rule.title,
    severity: rule.severity,
    truth: conditions[0]?.truth ?? 'unknown',
    verdict: finding?.verdict ?? 'PASS',
    excepted: finding?.excepted ?? null,
    answeredBy: finding?.verdict === 'REFER' ? finding.answeredBy : null,
    waivedBy: finding === undefined || finding.verdict === 'WARN' ? null : (rule.waivedBy ?? null),
    reason: finding?.reason ?? null,
    conditions,
  };
}
