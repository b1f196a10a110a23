import { overNonPerformingLimit } from '../domain/branch-rating.js';
import { nextDay } from '../domain/civil-date.js';
import type { Actor } from './actor.js';
import type { BranchCount } from './authority.js';
import type { RecordsPort } from './records.js';

export interface SuspendAuthorityPort extends RecordsPort {
  countedFigures(on: string, branchId: string | null): Promise<BranchCount[]>;
  nonPerformingLimitPercent(on: string): Promise<number | null>;
  /** Null where the branch is suspended already. */
  suspend(branchId: string, from: string, figures: object, at: Date): Promise<string | null>;
}

/** No limit is in force: nobody's ratio can be judged, and somebody has to hear of it. */
class NoLimitInForce extends Error {
  constructor(on: string) {
    super(`policy.branchNonPerformingLimitPercent is missing or has run out on ${on}: no branch was judged`);
  }
}

/**
 * Takes authority, from the next day on, from each branch whose non-performing loans are over the limit (G2). Run each
 * day, by whatever process; a branch that is suspended stays so. Returns how many were suspended now. Throws
 * NoLimitInForce where no limit is: a missing parameter suspends nobody for good, and is not passed over either.
 */
export async function suspendAuthority(port: SuspendAuthorityPort, actor: Actor): Promise<number> {
  const limitPercent = await port.nonPerformingLimitPercent(actor.businessDate);
  if (limitPercent === null) throw new NoLimitInForce(actor.businessDate);
  let suspended = 0;
  for (const { branchId, counted } of await port.countedFigures(actor.businessDate, null)) {
    if (!overNonPerformingLimit(counted, limitPercent)) continue;
    const suspendedFrom = nextDay(actor.businessDate);
    const figures = { ...counted, limitPercent };
    const id = await port.suspend(branchId, suspendedFrom, figures, actor.at);
    if (id === null) continue;
    suspended += 1;
    await port.audit({
      actor,
      appointmentId: null,
      action: 'authority.suspend',
      subjectKind: 'authority_suspension',
      subjectId: id,
      after: { branchId, suspendedFrom, ...figures },
    });
    await port.outbox('authority.suspended', { suspensionId: id, branchId });
  }
  return suspended;
}
