import type { CivilDate } from '../../domain/civil-date.js';
import { CheckpointGate, rulesInForce } from '../../rules/evaluate.js';
import { BulkDiffers, type BulkRow, redecide } from '../live-sample.js';
import type { ImpactRequest, Policy } from './impact-plan.js';

/** The live path of one policy: rules in force on the run's day, facts as fresh as on the case's own day. */
export class PolicyGates {
  private readonly gates = new Map<string, CheckpointGate | null>();

  constructor(
    private readonly policy: Policy,
    private readonly request: ImpactRequest,
  ) {}

  /** Decides a row again. Throws BulkDiffers where the live path says anything else. */
  async check(row: BulkRow): Promise<void> {
    const gate = this.gateOf(row);
    if (gate !== null) await redecide(row, gate);
    else if (row.verdict !== 'BLOCK' || row.findings.length > 0)
      throw new BulkDiffers(row.id, 'no rule is asked', [row.verdict, ...row.findings].join(' '));
  }

  private gateOf({ product, businessDate }: BulkRow): CheckpointGate | null {
    const key = `${product.code}|${product.category}|${businessDate}`;
    const known = this.gates.get(key);
    if (known !== undefined) return known;
    const { checkpoint, on, only } = this.request;
    const rules = rulesInForce(this.policy, checkpoint, product, on).filter(({ id }) => only?.has(id) ?? true);
    const gate =
      rules.length === 0 ? null : new CheckpointGate(rules, this.policy.parameters, businessDate as CivilDate);
    this.gates.set(key, gate);
    return gate;
  }
}
