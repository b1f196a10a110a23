import type { CivilDate } from '../../domain/civil-date.js';
import type { Truth } from '../../domain/kleene.js';
import type { Post } from '../../domain/post.js';
import type { Bilingual } from '../../domain/text.js';
import type { Verdict } from '../../domain/verdict.js';
import type { RuleBook } from '../book.js';
import { CheckpointGate, type DecidedProduct, type Outcome, rulesInForce } from '../evaluate.js';
import type { FactSet } from '../fact-value.js';
import type { ParameterSet } from '../parameters.js';
import type { Checkpoint, Rule } from '../rule-format.js';
import { type ExplainedCondition, explainConditions } from './conditions.js';
import type { Counterfactual } from './counterfactual.js';
import { better, counterfactuals } from './counterfactuals.js';
import type { Situation } from './situation.js';

/** What is explained: a book, the parameters put into it, and the facts of one decision. */
export interface ExplainedMatter {
  readonly book: RuleBook;
  readonly parameters: ParameterSet;
  readonly checkpoint: Checkpoint;
  readonly product: DecidedProduct;
  readonly on: CivilDate;
  readonly facts: FactSet;
}

export interface ExplainedRule {
  readonly ruleId: string;
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

/** Findings that keep a verdict from being reached by one change alone. */
export interface Obstacle {
  readonly verdict: Verdict;
  readonly ruleIds: readonly string[];
}

export interface Explanation {
  readonly book: { readonly code: string; readonly version: string; readonly hash: string };
  readonly parametersHash: string;
  readonly checkpoint: Checkpoint;
  readonly product: DecidedProduct;
  readonly on: string;
  readonly verdict: Verdict;
  readonly outcomeHash: string;
  /** Rules whose finding is as bad as the verdict; none on a PASS. */
  readonly settledBy: readonly string[];
  /** Every rule that was asked, by id. */
  readonly rules: readonly ExplainedRule[];
  /** Single facts and parameters that would make it better. */
  readonly improvements: readonly Counterfactual[];
  /** Better verdicts that no single fact brings about, with what stands in the way of each. */
  readonly obstacles: readonly Obstacle[];
  /** On a PASS, the single facts that would make it worse. */
  readonly worsenings: readonly Counterfactual[];
}

/** Why a checkpoint says what it says, and what would have to be otherwise. Throws NoRulesInForce as deciding does. */
export async function explain(matter: ExplainedMatter): Promise<Explanation> {
  const { book, parameters, checkpoint, product, on, facts } = matter;
  const rules = rulesInForce(book, checkpoint, product, on);
  const situation: Situation = { rules, parameters, facts, on };
  const outcome = await new CheckpointGate(rules, parameters, on).decide(facts);
  const { verdict, findings } = outcome;
  const improvements = await counterfactuals(situation, verdict, (turned) => better(turned, verdict));
  const worsenings = verdict === 'PASS' ? await counterfactuals(situation, verdict, (turned) => turned !== 'PASS') : [];
  return {
    book: { code: book.manifest.code, version: book.manifest.version, hash: book.hash },
    parametersHash: parameters.hash,
    checkpoint,
    product,
    on,
    verdict,
    outcomeHash: outcome.hash,
    settledBy: findings.filter((finding) => finding.verdict === verdict).map(({ ruleId }) => ruleId),
    rules: rules.map((rule) => explainRule(rule, outcome, situation)),
    improvements,
    obstacles: obstaclesOf(outcome, improvements),
    worsenings: worsenings.filter(({ kind }) => kind === 'fact'),
  };
}

function explainRule(rule: Rule, { findings }: Outcome, situation: Situation): ExplainedRule {
  const finding = findings.find(({ ruleId }) => ruleId === rule.id);
  const conditions = explainConditions(rule.conditions, situation);
  return {
    ruleId: rule.id,
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

/** For each better verdict: the findings worse than it, where no single fact brings about it or one better still. */
function obstaclesOf({ verdict, findings }: Outcome, improvements: readonly Counterfactual[]): Obstacle[] {
  const named = new Set<Verdict>(['PASS', ...findings.map((finding) => finding.verdict)]);
  const byFact = improvements.filter(({ kind }) => kind === 'fact').map((one) => one.verdict);
  return (['REFER', 'WARN', 'PASS'] as const)
    .filter((target) => named.has(target) && better(target, verdict))
    .filter((target) => !byFact.some((reached) => reached === target || better(reached, target)))
    .map((target) => ({
      verdict: target,
      ruleIds: findings.filter((finding) => better(target, finding.verdict)).map(({ ruleId }) => ruleId),
    }));
}
