import { CATALOGUE } from '../catalogue/index.js';
import { factsOf } from '../engine.js';
import type { FactSource } from '../fact-definition.js';
import { type Checkpoint, doorsOf, type Rule } from '../rule-format.js';
import type { Report } from './message.js';

/** The checkpoints at which the gate decides: a rule elsewhere is never asked. */
const DECIDED: readonly Checkpoint[] = ['intake', 'review', 'release'];

/** Facts that are gathered from a later checkpoint on. */
const GATHERED_AT: Partial<Record<FactSource, readonly Checkpoint[]>> = {
  collateral: ['review', 'release'],
  workflow: ['release'],
};

/** Doors at which a rule is never asked, and facts that are still unknown at one of its doors. */
export function lintDoors(rule: Rule, report: Report): void {
  const doors = doorsOf(rule);
  for (const door of doors.filter((one) => !DECIDED.includes(one))) {
    report(
      '/checkpoint',
      'rule.not-asked',
      `${door} 关口不作判断`,
      `nothing is decided at ${door}: it is never asked there`,
    );
  }
  for (const fact of factsOf(rule.conditions)) {
    const source = CATALOGUE.get(fact)?.source;
    const there = source === undefined ? undefined : GATHERED_AT[source];
    if (there === undefined) continue;
    for (const door of doors.filter((one) => DECIDED.includes(one) && !there.includes(one))) {
      const [zh, en] = [`${door} 关口尚无 ${fact}`, `${fact} is not known yet at ${door}`];
      report('/checkpoint', 'rule.fact-later', zh, en);
    }
  }
}
