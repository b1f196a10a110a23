import { PRODUCT_CATEGORIES } from '../../../domain/product.js';
import { CATALOGUE } from '../../catalogue/index.js';
import type { ParameterSet } from '../../parameters.js';
import type {
  AuthoredCondition,
  AuthoredLeaf,
  AuthoredPredicate,
  AuthoredRule,
  Condition,
  ConditionLeaf,
  Rule,
  RulePredicate,
} from '../../rule-format.js';
import type { Report } from '../message.js';
import type { Domains } from './domains.js';
import { type Formula, formulaOf, recordFormulaOf } from './formula.js';
import type { Judge } from './judge.js';

/**
 * Comparisons that can never be true or never be false, rules that can never or always fire, parts that say nothing: over every
 * value that the facts may have, with the parameters put in. What is judged is the rule as it is evaluated; places are those of
 * the rule as it is written, in which a comparison with a table is one part.
 */
export function lintReach(
  rule: AuthoredRule,
  expanded: Rule,
  parameters: ParameterSet,
  judge: Judge,
  report: Report,
): void {
  const narrowed = narrowedBy(rule);
  const seen = { leaf: false };
  const whole = formulaOf(expanded.conditions, parameters);
  lintParts(rule.conditions, whole, '/conditions', narrowed, seen, judge, report);
  lintLists(rule.conditions, expanded.conditions, '/conditions', parameters, judge, report);
  if (judge.neverHolds(whole, narrowed) && !seen.leaf) {
    report(
      '/conditions',
      'rule.never-fires',
      '条件互相矛盾，永不成立',
      'its conditions exclude each other: it never fires',
    );
  } else if (judge.alwaysHolds(whole, narrowed) && !seen.leaf) {
    report(
      '/conditions',
      'rule.always-fires',
      '条件总是成立',
      'its conditions hold whatever the facts: it always fires',
    );
  }
}

/** A rule for some categories is never asked of another. */
function narrowedBy({ appliesTo: { categories } }: AuthoredRule): Domains {
  const known = categories?.filter((one) => (PRODUCT_CATEGORIES as readonly string[]).includes(one));
  return known === undefined || known.length === 0 ? new Map() : new Map([['application.productCategory', known]]);
}

type Tree = AuthoredCondition | AuthoredPredicate;

function lintParts(
  tree: Tree,
  formula: Formula,
  path: string,
  narrowed: Domains,
  seen: { leaf: boolean },
  judge: Judge,
  report: Report,
): void {
  if ('not' in tree && 'not' in formula) {
    lintParts(tree.not, formula.not, `${path}/not`, narrowed, seen, judge, report);
  } else if (('all' in tree && 'all' in formula) || ('any' in tree && 'any' in formula)) {
    const kind = 'all' in tree ? 'all' : 'any';
    const trees: readonly Tree[] = 'all' in tree ? tree.all : 'any' in tree ? tree.any : [];
    const formulas = 'all' in formula ? formula.all : 'any' in formula ? formula.any : [];
    const before = seen.leaf;
    trees.forEach((part, index) => {
      const own = formulas[index];
      if (own !== undefined) lintParts(part, own, `${path}/${kind}/${index}`, narrowed, seen, judge, report);
    });
    if (seen.leaf === before) lintRedundant(kind, formulas, path, narrowed, judge, report);
  } else if (judge.neverHolds(formula, narrowed)) {
    seen.leaf = true;
    report(path, 'rule.leaf-never', '该比较永不成立', 'this comparison can never be true');
  } else if (judge.alwaysHolds(formula, narrowed)) {
    seen.leaf = true;
    report(path, 'rule.leaf-always', '该比较总是成立', 'this comparison is always true');
  }
}

/** A part of `all` that the others imply, or a part of `any` that implies the others. */
function lintRedundant(
  kind: 'all' | 'any',
  parts: readonly Formula[],
  path: string,
  narrowed: Domains,
  judge: Judge,
  report: Report,
): void {
  if (parts.length < 2) return;
  const whole: Formula = kind === 'all' ? { all: parts } : { any: parts };
  if (judge.neverHolds(whole, narrowed) || judge.alwaysHolds(whole, narrowed)) return;
  const index = parts.findLastIndex((part, at) => {
    const others = parts.filter((_, other) => other !== at);
    return kind === 'all'
      ? judge.implies({ all: others }, part, narrowed)
      : judge.implies(part, { any: others }, narrowed);
  });
  if (index >= 0) {
    report(`${path}/${kind}/${index}`, 'rule.redundant-part', '其余条件已包含此项', 'the other parts already say this');
  }
}

/** Predicates over the records of a list, by themselves. A comparison with a table has none of its own. */
function lintLists(
  written: AuthoredCondition,
  condition: Condition,
  path: string,
  parameters: ParameterSet,
  judge: Judge,
  report: Report,
): void {
  const [kind, parts] = partsOf(written);
  if (kind !== null) {
    const [, own] = partsOf(condition);
    parts.forEach((part, index) => {
      const expanded = own[index] as Condition | undefined;
      const at = kind === 'not' ? `${path}/not` : `${path}/${kind}/${index}`;
      if (expanded !== undefined) lintLists(part, expanded, at, parameters, judge, report);
    });
  } else if ('fact' in written && 'fact' in condition) {
    lintList(written, condition, path, parameters, judge, report);
  }
}

function partsOf(tree: AuthoredCondition): readonly ['all' | 'any' | 'not' | null, readonly AuthoredCondition[]] {
  if ('all' in tree) return ['all', tree.all];
  if ('any' in tree) return ['any', tree.any];
  return 'not' in tree ? ['not', [tree.not]] : [null, []];
}

function lintList(
  written: AuthoredLeaf,
  leaf: ConditionLeaf,
  path: string,
  parameters: ParameterSet,
  judge: Judge,
  report: Report,
): void {
  const definition = CATALOGUE.get(leaf.fact);
  if (definition?.type !== 'list') return;
  const summed = leaf.operator === 'sum' && written.operator === 'sum';
  const predicate = summed ? leaf.value.where : (leaf.value as RulePredicate);
  const tree = summed ? written.value.where : (written.value as AuthoredPredicate);
  if (predicate === undefined || tree === undefined) return;
  const formula = recordFormulaOf(predicate, definition.fields, parameters);
  const at = summed ? `${path}/value/where` : `${path}/value`;
  const seen = { leaf: false };
  lintParts(tree, formula, at, new Map(), seen, judge, report);
  if (seen.leaf) return;
  if (judge.neverHolds(formula)) report(at, 'rule.leaf-never', '没有记录能满足', 'no record can satisfy this');
  else if (judge.alwaysHolds(formula)) report(at, 'rule.leaf-always', '任何记录都满足', 'every record satisfies this');
}
