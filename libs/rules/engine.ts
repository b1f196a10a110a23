import { Engine, type NestedCondition, type RuleResult, type TopLevelCondition } from 'json-rules-engine';
import { and, not, or, type Truth } from '../domain/kleene.js';
import { type EngineValue, UNKNOWN } from './fact-value.js';
import { compare, LIST_OPERATORS, SCALAR_OPERATORS } from './operators.js';
import { type ParameterSet, resolveOperand } from './parameters.js';
import type { Condition, ConditionLeaf, Operand, Rule, RulePredicate } from './rule-format.js';

/** What one leaf compared, as the engine recorded it. */
export interface ComparedLeaf {
  readonly fact: string;
  readonly operator: string;
  readonly left: unknown;
  readonly right: unknown;
  readonly truth: Truth;
}

export interface RuleAnswer {
  readonly truth: Truth;
  readonly compared: readonly ComparedLeaf[];
}

/**
 * json-rules-engine behind a three-valued reading. The engine evaluates every leaf (equal priorities) with our typed
 * operators, which answer false on UNKNOWN; its recorded operands are then read with Kleene's and/or/not, so that its
 * own two-valued result above a leaf never counts.
 */
export class ThreeValuedEngine {
  private readonly engine: Engine;
  private readonly ruleCount: number;
  private running: Promise<unknown> = Promise.resolve();

  constructor(rules: readonly Rule[], parameters: ParameterSet) {
    this.engine = new Engine([], { allowUndefinedFacts: false });
    for (const operator of [...SCALAR_OPERATORS, ...LIST_OPERATORS]) {
      this.engine.removeOperator(operator); // the engine's own of that name are silent on null, NaN and text
      this.engine.addOperator(operator, (left: unknown, right: unknown) => compare(operator, left, right) === 'true');
    }
    for (const rule of rules) {
      const conditions = resolveCondition(rule.conditions, parameters) as NestedCondition;
      this.engine.addRule({
        name: rule.id,
        conditions: { all: [conditions] } as TopLevelCondition,
        event: { type: rule.id },
      });
    }
    this.ruleCount = rules.length;
  }

  /**
   * Answers of all rules, by id. `facts` holds every fact that they name, UNKNOWN where nothing is known.
   * Runs one after another: a run that ends marks the engine finished, and one beside it would then skip its rules.
   */
  run(facts: Readonly<Record<string, EngineValue>>): Promise<Map<string, RuleAnswer>> {
    const answer = this.running.then(() => this.runAlone(facts));
    this.running = answer.catch(() => {});
    return answer;
  }

  private async runAlone(facts: Readonly<Record<string, EngineValue>>): Promise<Map<string, RuleAnswer>> {
    const { results, failureResults } = await this.engine.run(facts as Record<string, unknown>);
    const answers = new Map<string, RuleAnswer>();
    for (const result of [...results, ...failureResults]) answers.set(result.name, readAnswer(result));
    if (answers.size !== this.ruleCount) throw new Error(`${answers.size} of ${this.ruleCount} rules answered`);
    return answers;
  }
}

function readAnswer(result: RuleResult): RuleAnswer {
  const compared: ComparedLeaf[] = [];
  return { truth: truthOfNode(result.conditions as unknown as EvaluatedNode, compared), compared };
}

/** A condition as the engine leaves it after a run. */
interface EvaluatedNode {
  readonly all?: readonly EvaluatedNode[];
  readonly any?: readonly EvaluatedNode[];
  readonly not?: EvaluatedNode;
  readonly fact: string;
  readonly operator: string;
  readonly factResult?: unknown;
  readonly valueResult?: unknown;
  readonly result?: boolean;
}

function truthOfNode(node: EvaluatedNode, compared: ComparedLeaf[]): Truth {
  if (node.all) return and(node.all.map((part) => truthOfNode(part, compared)));
  if (node.any) return or(node.any.map((part) => truthOfNode(part, compared)));
  if (node.not) return not(truthOfNode(node.not, compared));
  const { fact, operator, factResult: left, valueResult: right } = node;
  const truth = node.result === true ? 'true' : compare(operator, left, right);
  compared.push({ fact, operator, left, right, truth });
  return truth;
}

function resolveCondition(condition: Condition, parameters: ParameterSet): unknown {
  if ('all' in condition) return { all: condition.all.map((part) => resolveCondition(part, parameters)) };
  if ('any' in condition) return { any: condition.any.map((part) => resolveCondition(part, parameters)) };
  if ('not' in condition) return { not: resolveCondition(condition.not, parameters) };
  return { fact: condition.fact, operator: condition.operator, value: resolveLeafValue(condition, parameters) };
}

/** The right side of a leaf with parameters put in; a reference to a gathered fact is left as it is. */
export function resolveLeafValue(leaf: ConditionLeaf, parameters: ParameterSet): unknown {
  if (leaf.operator === 'sum') {
    const { where, value, ...rest } = leaf.value;
    return {
      ...rest,
      value: resolveOperand(value, parameters),
      ...(where === undefined ? {} : { where: resolvePredicate(where, parameters) }),
    };
  }
  if (leaf.operator === 'some' || leaf.operator === 'every') return resolvePredicate(leaf.value, parameters);
  return resolveOperand(leaf.value as Operand, parameters);
}

function resolvePredicate(predicate: RulePredicate, parameters: ParameterSet): unknown {
  if ('all' in predicate) return { all: predicate.all.map((part) => resolvePredicate(part, parameters)) };
  if ('any' in predicate) return { any: predicate.any.map((part) => resolvePredicate(part, parameters)) };
  if ('not' in predicate) return { not: resolvePredicate(predicate.not, parameters) };
  const value = resolveOperand(predicate.value, parameters);
  // A record's field is compared with constants and parameters; another fact is not in reach there.
  return { ...predicate, value: typeof value === 'object' && 'fact' in value ? UNKNOWN : value };
}

/** The gathered facts that a condition reads, on either side. */
export function factsOf(condition: Condition, into: Set<string> = new Set()): Set<string> {
  if ('all' in condition) for (const part of condition.all) factsOf(part, into);
  else if ('any' in condition) for (const part of condition.any) factsOf(part, into);
  else if ('not' in condition) factsOf(condition.not, into);
  else {
    into.add(condition.fact);
    const { value } = condition;
    if (typeof value === 'object' && 'fact' in value && !value.fact.startsWith('policy.')) into.add(value.fact);
  }
  return into;
}
