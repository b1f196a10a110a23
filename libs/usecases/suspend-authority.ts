import { overNonPerformingLimit } from '../domain/branch-rating.js';
import { nextDay } from '../domain/civil-date.js';
import type { Actor } from './actor.js';
import type { CountedFigures, LendingBranchFigures } from './authority.js';
import type { RecordsPort } from './records.js';

export interface SuspendAuthorityPort extends RecordsPort {
  lendingBranches(on: string): Promise<LendingBranchFigures[]>;
  /** Null where the parameter is missing or has run out: then nobody's ratio is known to be within it. */
  nonPerformingLimitPercent(on: string): Promise<number | null>;
  /** False where the branch is suspended already. */
  suspend(branchId: string, from: string, figures: CountedFigures, at: Date): Promise<string | null>;
}

/**
 * Takes authority, from the next day on, from each branch whose non-performing loans are over the limit (G2). Run each
 * day, by whatever process; a branch that is suspended stays so. Returns how many were suspended now.
 */
export async function suspendAuthority(port: SuspendAuthorityPort, actor: Actor): Promise<number> {
  const limit = await port.nonPerformingLimitPercent(actor.businessDate);
  let suspended = 0;
  for (const branch of await port.lendingBranches(actor.businessDate)) {
    if (limit !== null && !overNonPerformingLimit(branch.counted, limit)) continue;
    const from = nextDay(actor.businessDate);
    const id = await port.suspend(branch.id, from, branch.counted, actor.at);
    if (id === null) continue;
    suspended += 1;
    await port.audit({
      actor,
      appointmentId: null,
      action: 'authority.suspend',
      subjectKind: 'authority_suspension',
      subjectId: id,
      after: { branchId: branch.id, suspendedFrom: from, ...branch.counted },
    });
    await port.outbox('authority.suspended', { suspensionId: id, branchId: branch.id });
  }
  return suspended;
}
