/** Where an application stands. The later posts join this table with their stages. */
export const APPLICATION_STAGES = ['intake', 'investigation', 'withdrawn'] as const;
export type ApplicationStage = (typeof APPLICATION_STAGES)[number];

export const APPLICATION_EVENTS = ['accept', 'hold', 'withdraw'] as const;
export type ApplicationEvent = (typeof APPLICATION_EVENTS)[number];

const TRANSITIONS: Readonly<Record<ApplicationStage, Partial<Record<ApplicationEvent, ApplicationStage>>>> = {
  intake: { accept: 'investigation', hold: 'intake', withdraw: 'withdrawn' },
  investigation: { withdraw: 'withdrawn' },
  withdrawn: {},
};

/** The stage that `event` leads to, or null where the table does not list the pair. */
export function nextStage(stage: ApplicationStage, event: ApplicationEvent): ApplicationStage | null {
  return TRANSITIONS[stage][event] ?? null;
}

/** Stages of an application that is still alive: it counts as a live application elsewhere (M2). */
export const LIVE_STAGES: readonly ApplicationStage[] = APPLICATION_STAGES.filter((stage) => stage !== 'withdrawn');
