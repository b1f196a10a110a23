import { err, ok, type Result } from 'neverthrow';
import type { TitleOutcome } from '../domain/collateral.js';
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

export interface NewTitleCheck {
  readonly registry: string;
  readonly checkedOn: string;
  readonly outcome: TitleOutcome;
  readonly evidence: string;
}

export interface CheckTitlePort extends SecurityPort {
  addTitleCheck(collateralId: string, check: NewTitleCheck, staffId: string, at: Date): Promise<void>;
}

/**
 * Records what the registry of titles said of a certificate, asked by a named person (G3). The
 * newest word counts; it is asked again before release. What was called forged once stays forged.
 */
export function checkTitle(
  port: CheckTitlePort,
  actor: Actor,
  command: CollateralCommand & { check: NewTitleCheck },
): Promise<Result<CollateralView, Problem>> {
  const { check, collateralId } = command;
  const act = {
    name: 'collateral.check-title',
    done: { zh: '核查权属', en: 'checked for its titles' },
    opinion: `向${check.registry}核查权属`,
    alsoAt: ['contract', 'release'] as const,
  };
  return workOnSecurity(port, actor, command, 'investigation', act, async ({ staffId }) => {
    const found = await collateralIn(port, command);
    if (found.isErr()) return err(found.error);
    if (check.checkedOn > actor.businessDate) return err(invalidInput([futureDate('/checkedOn')]));
    await port.addTitleCheck(collateralId, check, staffId, actor.at);
    return ok({ collateralId, told: check });
  });
}
