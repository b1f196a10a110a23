import type { CivilDate } from '../domain/civil-date.js';
import type { Truth } from '../domain/kleene.js';
import type { Post } from '../domain/post.js';
import type { Bilingual } from '../domain/text.js';
import { type Verdict, worstVerdict } from '../domain/verdict.js';
import type { RuleBook } from './book.js';
import { CATALOGUE } from './catalogue/index.js';
import { contentHash } from './content-hash.js';
import { factsOf, type RuleAnswer, ThreeValuedEngine } from './engine.js';
import type { Catalogue } from './fact-definition.js';
import { admitFact, type EngineValue, type FactSet, NEVER, UNKNOWN, type UnknownCause } from './fact-value.js';
import type { ParameterSet } from './parameters.js';
import { policyNames } from './parameters-named.js';
import { findingReason, unknownReason } from './reason.js';
import { type Checkpoint, doorsOf, isDated, type Rule } from './rule-format.js';

/** What a leaf of a finding compared, in JSON: `{ "never": true }` and `{ "unknown": cause }` spelled out. */
export interface FindingOperand {
  readonly fact: string;
  readonly operator: string;
  readonly left: unknown;
  readonly right: unknown;
  readonly truth: Truth;
}

export interface Finding {
  readonly ruleId: string;
  readonly clause: string;
  readonly severity: Verdict;
  readonly verdict: Verdict;
  /** False where the rule could not judge. */
  readonly judged: boolean;
  /** Clause of the exception under which a BLOCK became a REFER. */
  readonly excepted: string | null;
  readonly answeredBy: Post | null;
  readonly operands: readonly FindingOperand[];
  readonly reason: Bilingual;
}

export interface Outcome {
  readonly verdict: Verdict;
  /** By rule id, in alphabetical order. */
  readonly findings: readonly Finding[];
  /** SHA-256 over verdict and findings: a replay must get the same. */
  readonly hash: string;
}

export interface DecidedProduct {
  readonly code: string;
  readonly category: string;
}

export const EXCEPTION_FACTS = ['application.exceptionClause', 'application.exceptionPapers'] as const;

/** The rules that stand at a checkpoint's door for a product on a business day. */
export function rulesInForce(
  { rules }: Pick<RuleBook, 'rules'>,
  checkpoint: Checkpoint,
  product: DecidedProduct,
  on: CivilDate,
): Rule[] {
  return rules.filter((rule) => doorsOf(rule).includes(checkpoint) && isInForce(rule, product, on));
}

/** Whether a rule is asked of a product on a business day, at the doors where it stands. */
export const isInForce = (
  rule: Pick<Rule, 'appliesTo' | 'effective'>,
  product: DecidedProduct,
  on: CivilDate,
): boolean =>
  (rule.appliesTo.products.includes('*') || rule.appliesTo.products.includes(product.code)) &&
  (rule.appliesTo.categories === undefined || rule.appliesTo.categories.includes(product.category)) &&
  isDated(rule, on);

/** One checkpoint of one book for one product and day, with the parameters put in: made once, run for many. */
export class CheckpointGate {
  private readonly engine: ThreeValuedEngine;
  private readonly factNames: readonly string[];

  /** Throws where no rule is in force: a stage without rules stops the loan (design section 1). */
  constructor(
    private readonly rules: readonly Rule[],
    private readonly parameters: ParameterSet,
    private readonly on: CivilDate,
    private readonly catalogue: Catalogue = CATALOGUE,
  ) {
    if (rules.length === 0) throw new NoRulesInForce();
    this.engine = new ThreeValuedEngine(rules, parameters);
    const names = new Set<string>(EXCEPTION_FACTS);
    for (const rule of rules) factsOf(rule.conditions, names);
    this.factNames = [...names];
  }

  async decide(facts: FactSet): Promise<Outcome> {
    const admitted: Record<string, EngineValue> = {};
    const causes = new Map<string, UnknownCause>();
    for (const name of this.factNames) {
      const definition = this.catalogue.get(name);
      if (definition === undefined) throw new Error(`no fact ${name} in the catalogue`);
      const { value, cause } = admitFact(definition, Object.hasOwn(facts, name) ? facts[name] : undefined, this.on);
      admitted[name] = value;
      if (cause !== null) causes.set(name, cause);
    }
    const answers = await this.engine.run(admitted);
    const findings: Finding[] = [];
    for (const rule of this.rules) {
      const answer = answers.get(rule.id);
      if (answer === undefined) throw new Error(`rule ${rule.id} did not answer`);
      if (answer.truth !== 'false') findings.push(this.findingOf(rule, answer, admitted, causes));
    }
    const verdict = worstVerdict(findings.map((finding) => finding.verdict));
    return { verdict, findings, hash: contentHash({ verdict, findings }) };
  }

  private findingOf(
    rule: Rule,
    answer: RuleAnswer,
    admitted: Readonly<Record<string, EngineValue>>,
    causes: ReadonlyMap<string, UnknownCause>,
  ): Finding {
    const judged = answer.truth === 'true';
    const exception = judged ? grantedException(rule, admitted) : undefined;
    const valueOfFact = (fact: string) => admitted[fact] ?? this.parameters.values[fact];
    return {
      ruleId: rule.id,
      clause: rule.clause,
      severity: rule.severity,
      verdict: exception ? 'REFER' : judged ? rule.severity : rule.whenUnknown,
      judged,
      excepted: exception?.clause ?? null,
      answeredBy: exception?.answeredBy ?? rule.answeredBy,
      operands: answer.compared.map((leaf) => ({
        ...leaf,
        left: operandJson(leaf.left, causes.get(leaf.fact)),
        right: operandJson(leaf.right, 'expired'),
      })),
      reason: judged ? findingReason(rule, valueOfFact) : unknownReason(rule, missingOf(rule, answer, causes)),
    };
  }
}

export class NoRulesInForce extends Error {
  constructor() {
    super('no rule is in force at this checkpoint');
  }
}

/** The exception under which a rule that found something refers instead of blocking. */
export function grantedException(rule: Rule, admitted: Readonly<Record<string, EngineValue>>) {
  const asked = admitted['application.exceptionClause'];
  const papers = admitted['application.exceptionPapers'];
  const given = Array.isArray(papers) ? papers.map((paper) => paper['name']) : [];
  return rule.exceptions?.find(
    ({ clause, needs }) => clause === asked && needs.every((paper) => given.includes(paper)),
  );
}

/** What kept the rule from judging: unknown facts first, else the parameters that it names. */
function missingOf(rule: Rule, answer: RuleAnswer, causes: ReadonlyMap<string, UnknownCause>) {
  const missing = new Map<string, UnknownCause>();
  for (const leaf of answer.compared) {
    const cause = causes.get(leaf.fact);
    if (leaf.truth === 'unknown' && cause !== undefined) missing.set(leaf.fact, cause);
    else if (leaf.truth === 'unknown' && Array.isArray(leaf.left)) missing.set(leaf.fact, 'not-stated');
  }
  if (missing.size === 0) for (const name of policyNames(rule.conditions)) missing.set(name, 'expired');
  return [...missing].map(([name, cause]) => ({ name, cause }));
}

/** A value of the engine as JSON tells it. */
export function operandJson(value: unknown, cause: UnknownCause | undefined): unknown {
  if (value === UNKNOWN) return { unknown: cause ?? 'not-gathered' };
  if (value === NEVER) return { never: true };
  if (Array.isArray(value)) return value.map((member) => operandJson(member, 'not-stated'));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, operandJson(part, 'not-stated')]));
  }
  return value;
}
