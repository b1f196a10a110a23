import { addDays, type CivilDate } from '../domain/civil-date.js';
import { type ApplicationStage, LIVE_STAGES } from '../domain/workflow.js';
import type { Actor } from './actor.js';
import type { CasePort } from './loan-case.js';
import { moveCase } from './move-case.js';

/** Days at a stage: reminders from the limit of each on, the application lapses after the last. */
export interface StageLimits {
  readonly days: Readonly<Record<string, number | null>>;
  readonly lapseAfterDays: number | null;
}

export interface StandingApplication {
  readonly id: string;
  readonly stage: ApplicationStage;
  /** The business day since which it stands there. */
  readonly since: CivilDate;
  /** The very moment, as the database tells it. */
  readonly stageSince: string;
}

/** With what is due: its end by time, or the reminder of so many time limits that have passed. */
export type DueApplication = StandingApplication & { readonly due: 'lapse' | number };

export interface ChasePort extends CasePort {
  stageLimits(on: string): Promise<StageLimits>;
  /** Up to so many applications that stand at a stage since a day or before, by id after `after`. */
  standingSince(
    stage: ApplicationStage,
    day: string,
    after: string | null,
    most: number,
  ): Promise<StandingApplication[]>;
  /** False where this reminder was given already, or the application stands elsewhere by now. */
  remind(standing: StandingApplication, number: number, at: Date): Promise<boolean>;
  standsStill(standing: StandingApplication): Promise<boolean>;
}

export interface Chased {
  readonly reminded: number;
  readonly lapsed: number;
}

const PAGE = 500;

/** Every live application beyond a time limit of the policy, with what is due: a reminder, or its end by time. */
export async function overdueApplications(port: ChasePort, on: CivilDate): Promise<DueApplication[]> {
  const found: DueApplication[] = [];
  const { days, lapseAfterDays } = await port.stageLimits(on);
  for (const stage of LIVE_STAGES) {
    const limit = days[stage] ?? null;
    const first = Math.min(limit ?? Number.POSITIVE_INFINITY, lapseAfterDays ?? Number.POSITIVE_INFINITY);
    if (!Number.isFinite(first)) continue;
    let after: string | null = null;
    for (;;) {
      const page = await port.standingSince(stage, addDays(on, -first), after, PAGE);
      for (const one of page) {
        const here = Math.round((Date.parse(on) - Date.parse(one.since)) / 86_400_000);
        if (lapseAfterDays !== null && here >= lapseAfterDays) found.push({ ...one, due: 'lapse' });
        else if (limit !== null && here >= limit) found.push({ ...one, due: Math.floor(here / limit) });
      }
      after = page.at(-1)?.id ?? null;
      if (page.length < PAGE || after === null) break;
    }
  }
  return found;
}

/** Reminds of an application, once for each time limit that has passed, or lets it lapse. */
export async function chaseApplication(port: ChasePort, actor: Actor, overdue: DueApplication): Promise<Chased> {
  const { id, due } = overdue;
  if (due === 'lapse') {
    const loanCase = await port.loanCase(id);
    if (loanCase === null || !(await port.standsStill(overdue))) return { reminded: 0, lapsed: 0 };
    const moved = await moveCase(port, actor, loanCase, 'lapse', null, { closedReason: '超过办理时限 out of time' });
    return { reminded: 0, lapsed: moved.isOk() ? 1 : 0 };
  }
  if (!(await port.remind(overdue, due, actor.at))) return { reminded: 0, lapsed: 0 };
  await port.outbox('application.late', { applicationId: id });
  return { reminded: 1, lapsed: 0 };
}
