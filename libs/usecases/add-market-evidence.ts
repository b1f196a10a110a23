import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import { futureDate, invalidInput } from './problems.js';
import {
  type CollateralCommand,
  type CollateralView,
  collateralIn,
  type SecurityPort,
  workOnSecurity,
} from './security-work.js';

export interface NewMarketEvidence {
  readonly source: string;
  readonly observedOn: string;
  readonly valueFen: number;
  readonly evidence: string;
}

export interface MarketEvidencePort extends SecurityPort {
  addMarketEvidence(collateralId: string, evidence: NewMarketEvidence, staffId: string, at: Date): Promise<void>;
}

/** Records what such a thing is sold for (G3): the appraised value is held against the middle of what was found. */
export function addMarketEvidence(
  port: MarketEvidencePort,
  actor: Actor,
  command: CollateralCommand & { found: NewMarketEvidence },
): Promise<Result<CollateralView, Problem>> {
  const { found: evidence, collateralId } = command;
  const act = {
    name: 'collateral.market-evidence',
    done: { zh: '登记市场价格依据', en: 'given market evidence' },
    opinion: `市场价格依据：${evidence.source}`,
  };
  return workOnSecurity(port, actor, command, 'investigation', act, async ({ staffId }) => {
    const collateral = await collateralIn(port, command);
    if (collateral.isErr()) return err(collateral.error);
    if (evidence.observedOn > actor.businessDate) return err(invalidInput([futureDate('/observedOn')]));
    await port.addMarketEvidence(collateralId, evidence, staffId, actor.at);
    return ok({ collateralId, told: evidence });
  });
}
