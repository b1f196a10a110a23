import { civilDateOf } from '#libs/domain/civil-date.js';
import type { Services } from '#libs/persistence/services.js';
import type { JobName } from '#libs/queue/jobs.js';
import type { Actor } from '#libs/usecases/actor.js';

/** The appointment of nobody: a job acts under the system's name, in the unit, if any, of what it serves. */
export function jobActor(
  { clock }: Pick<Services, 'clock'>,
  unionId: string,
  { job, id, branchId }: { job: JobName; id: string; branchId?: string },
): Actor {
  const at = clock.now();
  const appointments =
    branchId === undefined
      ? []
      : ([{ id: null, post: 'field_credit_officer', unitId: branchId, headOffice: false }] as const);
  return {
    unionId,
    staffId: null,
    name: `job:${job}`,
    appointments,
    requestId: id,
    at,
    businessDate: civilDateOf(at),
  };
}
