import { err, ok, type Result } from 'neverthrow';
import type { Problem } from '../domain/problem.js';
import type { Actor } from './actor.js';
import {
  type CollateralCommand,
  type CollateralView,
  collateralIn,
  type SecurityPort,
  workOnSecurity,
} from './security-work.js';

export interface WithdrawCollateralPort extends SecurityPort {
  withdrawCollateral(collateralId: string, at: Date): Promise<void>;
}

/** Takes a thing back from an application's security; its record stays. */
export function withdrawCollateral(
  port: WithdrawCollateralPort,
  actor: Actor,
  command: CollateralCommand & { reason: string },
): Promise<Result<CollateralView, Problem>> {
  const { reason: opinion, collateralId } = command;
  const act = { name: 'collateral.withdraw', done: { zh: '撤出抵质押物', en: 'freed of its security' }, opinion };
  return workOnSecurity(port, actor, command, 'investigation', act, async () => {
    const found = await collateralIn(port, command);
    if (found.isErr()) return err(found.error);
    await port.withdrawCollateral(collateralId, actor.at);
    return ok({ collateralId, told: { reason: opinion } });
  });
}
