import type { CivilDate } from '../../domain/civil-date.js';
import type { Verdict } from '../../domain/verdict.js';
import type { RuleBook } from '../book.js';
import { type DecidedProduct, rulesInForce } from '../evaluate.js';
import type { FactSet } from '../fact-value.js';
import type { ParameterSet } from '../parameters.js';
import type { Checkpoint } from '../rule-format.js';
import type { Counterfactual } from './counterfactual.js';
import { better, counterfactuals } from './counterfactuals.js';
import { type DecidedAgain, gatesOf } from './decide-again.js';
import { type ExplainedRule, explainRules } from './explained-rules.js';
import type { Situation } from './situation.js';

/** What is explained: the books that decided, the parameters put into them, and the facts of one decision. */
export interface ExplainedMatter {
  readonly book: RuleBook;
  /** The book of the acceptance, where the stricter of both decided. */
  readonly pinnedBook: RuleBook | null;
  readonly parameters: ParameterSet;
  readonly checkpoint: Checkpoint;
  readonly product: DecidedProduct;
  readonly on: CivilDate;
  readonly facts: FactSet;
}

/** Findings that keep a verdict from being reached by one change alone. */
export interface Obstacle {
  readonly verdict: Verdict;
  readonly ruleIds: readonly string[];
}

export interface NamedBook {
  readonly code: string;
  readonly version: string;
  readonly hash: string;
}

export interface Explanation {
  readonly book: NamedBook;
  /** The book of the acceptance, where the stricter of both decided. */
  readonly pinnedBook: NamedBook | null;
  readonly parametersHash: string;
  readonly checkpoint: Checkpoint;
  readonly product: DecidedProduct;
  readonly on: string;
  readonly verdict: Verdict;
  readonly outcomeHash: string;
  /** Rules whose finding is as bad as the verdict; none on a PASS. */
  readonly settledBy: readonly string[];
  /** Every rule that was asked, by id; of two books each rule once, and twice where they say it differently. */
  readonly rules: readonly ExplainedRule[];
  /** Single facts and parameters that would make it better. */
  readonly improvements: readonly Counterfactual[];
  /** Better verdicts that no single fact brings about, with what stands in the way of each. */
  readonly obstacles: readonly Obstacle[];
  /** On a PASS, the single facts that would make it worse. */
  readonly worsenings: readonly Counterfactual[];
}

const named = ({ manifest: { code, version }, hash }: RuleBook): NamedBook => ({ code, version, hash });

/** Why a checkpoint says what it says, and what would have to be otherwise. Throws NoRulesInForce as deciding does. */
export async function explain(matter: ExplainedMatter): Promise<Explanation> {
  const { book, pinnedBook, parameters, checkpoint, product, on, facts } = matter;
  const asked = (one: RuleBook) => rulesInForce(one, checkpoint, product, on);
  const books = { first: asked(book), second: pinnedBook === null ? null : asked(pinnedBook) };
  const situation: Situation = { books, parameters, facts, on };
  const decided = await gatesOf(situation)(facts);
  const { verdict, findings, hash } = decided.outcome;
  const improvements = await counterfactuals(situation, verdict, (turned) => better(turned, verdict));
  const worsenings = verdict === 'PASS' ? await counterfactuals(situation, verdict, (turned) => turned !== 'PASS') : [];
  return {
    book: named(book),
    pinnedBook: pinnedBook === null ? null : named(pinnedBook),
    parametersHash: parameters.hash,
    checkpoint,
    product,
    on,
    verdict,
    outcomeHash: hash,
    settledBy: findings.filter((finding) => finding.verdict === verdict).map(({ ruleId }) => ruleId),
    rules: explainRules({ book, pinnedBook }, decided, situation),
    improvements,
    obstacles: obstaclesOf(decided, improvements),
    worsenings: worsenings.filter(({ kind }) => kind === 'fact'),
  };
}

/** For each better verdict: the findings worse than it, where no single fact brings about it or one better still. */
function obstaclesOf({ outcome, first, second }: DecidedAgain, improvements: readonly Counterfactual[]): Obstacle[] {
  const { verdict, findings } = outcome;
  const said = [...first.findings, ...(second?.findings ?? [])];
  const reachable = new Set<Verdict>(['PASS', ...said.map((finding) => finding.verdict)]);
  const byFact = improvements.filter(({ kind }) => kind === 'fact').map((one) => one.verdict);
  return (['REFER', 'WARN', 'PASS'] as const)
    .filter((target) => reachable.has(target) && better(target, verdict))
    .filter((target) => !byFact.some((reached) => reached === target || better(reached, target)))
    .map((target) => ({
      verdict: target,
      ruleIds: findings.filter((finding) => better(target, finding.verdict)).map(({ ruleId }) => ruleId),
    }));
}
