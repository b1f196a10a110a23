import { VERDICTS } from '../../domain/verdict.js';
import { factsOf } from '../engine.js';
import type { ParameterSet } from '../parameters.js';
import { type AuthoredRule, doorsOf } from '../rule-format.js';
import { type LintMessage, lintMessage } from './message.js';
import { type PlacedRule, placeOf } from './placed.js';
import { type Formula, formulaOf } from './reach/formula.js';
import type { Judge } from './reach/judge.js';

interface Judged extends PlacedRule {
  readonly facts: ReadonlySet<string>;
  readonly formula: Formula;
}

/**
 * Rules that say the same at the same door: alike in severity, apart in severity, or one within the other. Parameters are put in, so
 * that two limits of the same height count as one.
 */
export function lintPairs(rules: readonly PlacedRule[], parameters: ParameterSet, judge: Judge): LintMessage[] {
  const judged = rules
    .flatMap((placed): Judged[] => {
      if (placed.expanded === null) return [];
      const { conditions } = placed.expanded;
      return [{ ...placed, facts: factsOf(conditions), formula: formulaOf(conditions, parameters) }];
    })
    .filter(({ formula }) => !judge.neverHolds(formula));
  return judged.flatMap((left, index) =>
    judged.slice(index + 1).flatMap((right) => (mayMeet(left, right) ? lintPair(left, right, judge) : [])),
  );
}

/** At one door, for one product on one day, over a fact that both read. */
function mayMeet(left: Judged, right: Judged): boolean {
  const [one, other] = [left.rule, right.rule];
  const products = [...one.appliesTo.products, ...other.appliesTo.products].includes('*');
  return (
    [...left.facts].some((fact) => right.facts.has(fact)) &&
    doorsOf(one).some((door) => doorsOf(other).includes(door)) &&
    (products || one.appliesTo.products.some((product) => other.appliesTo.products.includes(product))) &&
    (one.appliesTo.categories?.some((category) => other.appliesTo.categories?.includes(category) ?? true) ?? true) &&
    one.effective.from <= (other.effective.to ?? one.effective.from) &&
    other.effective.from <= (one.effective.to ?? other.effective.from)
  );
}

function lintPair(left: Judged, right: Judged, judge: Judge): LintMessage[] {
  const [forth, back] = [judge.implies(left.formula, right.formula), judge.implies(right.formula, left.formula)];
  const [one, other] = [left.rule.id, right.rule.id];
  const path = `${placeOf(right)}/conditions`;
  if (forth && back) {
    return left.rule.severity === right.rule.severity
      ? [lintMessage(path, 'rule.duplicate', `${other} 与 ${one} 条件相同`, `${other} says the same as ${one}`)]
      : [
          lintMessage(
            path,
            'rule.contradicts',
            `${other}（${right.rule.severity}）与 ${one}（${left.rule.severity}）条件相同而处理不同`,
            `${other} (${right.rule.severity}) has the conditions of ${one} (${left.rule.severity}) and another severity`,
          ),
        ];
  }
  if (forth && addsNothing(left.rule, right.rule)) return [subsumed(left, right)];
  return back && addsNothing(right.rule, left.rule) ? [subsumed(right, left)] : [];
}

/** Whether wherever `inner` is asked, `outer` is asked too and is at least as severe. */
function addsNothing(inner: AuthoredRule, outer: AuthoredRule): boolean {
  const categories = outer.appliesTo.categories;
  return (
    VERDICTS.indexOf(inner.severity) <= VERDICTS.indexOf(outer.severity) &&
    doorsOf(inner).every((door) => doorsOf(outer).includes(door)) &&
    (outer.appliesTo.products.includes('*') ||
      inner.appliesTo.products.every((product) => outer.appliesTo.products.includes(product))) &&
    (categories === undefined || (inner.appliesTo.categories?.every((one) => categories.includes(one)) ?? false)) &&
    outer.effective.from <= inner.effective.from &&
    (outer.effective.to === null || (inner.effective.to !== null && inner.effective.to <= outer.effective.to))
  );
}

const subsumed = (inner: Judged, outer: Judged): LintMessage =>
  lintMessage(
    `${placeOf(inner)}/conditions`,
    'rule.subsumed',
    `${inner.rule.id} 成立时 ${outer.rule.id} 必已成立，且不轻于它`,
    `whenever ${inner.rule.id} finds something, ${outer.rule.id} has found it too, no less severe`,
  );
