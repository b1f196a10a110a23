import { decideTyped } from '../decide-facts.js';
import type { Duck } from '../duck.js';
import { decidedRows } from '../live-sample.js';
import type { TypedFacts } from '../typed-facts.js';
import { changedCases, countImpact } from './count-impact.js';
import { type ImpactRequest, planImpact } from './impact-plan.js';
import { PolicyGates } from './policy-gates.js';
import type { ChangedCase, ImpactTally } from './tally.js';

export interface ShardRequest extends ImpactRequest {
  /** Whether the verdict before is the one that was given then. */
  readonly asDecided: boolean;
}

/** Runs both policies over facts. Each changed case is handed over; nothing of the shard stays behind. */
export async function runShard(
  duck: Duck,
  { typed, sampled }: TypedFacts,
  request: ShardRequest,
  onChanged: (changed: ChangedCase) => void | Promise<void>,
): Promise<ImpactTally> {
  const plan = planImpact(request);
  await decideTyped(duck, typed, plan.plan);
  const counted = await countImpact(duck, { plan, asDecided: request.asDecided });
  for await (const changed of changedCases(duck, { plan, asDecided: request.asDecided })) await onChanged(changed);
  let redecided = 0;
  for (const [level, places, policy] of [
    ['before', plan.before, request.before],
    ['after', plan.after, request.after],
  ] as const) {
    const gates = new PolicyGates(policy, request);
    redecided = 0;
    for await (const row of decidedRows(duck, sampled, level, places)) {
      await gates.check(row);
      redecided += 1;
    }
  }
  return { ...counted, redecided };
}
