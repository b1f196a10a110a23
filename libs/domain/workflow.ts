/** Where an application stands: the five posts (五岗) and what lies before, between and after them (G1). */
export const APPLICATION_STAGES = [
  'intake',
  'investigation',
  'review',
  'deliberation',
  'approval',
  'contract',
  'release',
  'released',
  'refused',
  'withdrawn',
  'lapsed',
] as const;
export type ApplicationStage = (typeof APPLICATION_STAGES)[number];

/** Stages that a later post may send an application back to. */
export const RETURN_STAGES = ['investigation', 'review', 'deliberation', 'approval', 'contract'] as const;
export type ReturnStage = (typeof RETURN_STAGES)[number];

export const APPLICATION_EVENTS = [
  'accept',
  'hold',
  'investigate',
  'pass-review',
  'carry',
  'reject',
  'approve',
  'sign-contract',
  'release',
  'refuse',
  'withdraw',
  'lapse',
  ...RETURN_STAGES.map((stage) => `return-to-${stage}` as const),
] as const;
export type ApplicationEvent = (typeof APPLICATION_EVENTS)[number];

type Exits = Partial<Record<ApplicationEvent, ApplicationStage>>;

/** A customer may withdraw, and time may run out, wherever an application is alive. */
const ALIVE: Exits = { withdraw: 'withdrawn', lapse: 'lapsed' };

/** An application goes back to a post before the one it stands at, never past one forwards. */
const backTo = (...stages: readonly ReturnStage[]): Exits =>
  Object.fromEntries(stages.map((stage) => [`return-to-${stage}`, stage]));

const TRANSITIONS: Readonly<Record<ApplicationStage, Exits>> = {
  intake: { ...ALIVE, accept: 'investigation', hold: 'intake', refuse: 'refused' },
  investigation: { ...ALIVE, investigate: 'review', refuse: 'refused' },
  review: { ...ALIVE, 'pass-review': 'deliberation', refuse: 'refused', ...backTo('investigation') },
  deliberation: { ...ALIVE, carry: 'approval', reject: 'refused', ...backTo('investigation', 'review') },
  approval: { ...ALIVE, approve: 'contract', refuse: 'refused', ...backTo('investigation', 'review', 'deliberation') },
  contract: { ...ALIVE, 'sign-contract': 'release', ...backTo('investigation', 'review', 'deliberation', 'approval') },
  release: {
    ...ALIVE,
    release: 'released',
    ...backTo('investigation', 'review', 'deliberation', 'approval', 'contract'),
  },
  released: {},
  refused: {},
  withdrawn: {},
  lapsed: {},
};

/** The stage that `event` leads to, or null where the table does not list the pair. */
export function nextStage(stage: ApplicationStage, event: ApplicationEvent): ApplicationStage | null {
  return TRANSITIONS[stage][event] ?? null;
}

/** Stages that nothing leads out of. */
export const END_STAGES: readonly ApplicationStage[] = APPLICATION_STAGES.filter(
  (stage) => Object.keys(TRANSITIONS[stage]).length === 0,
);

/** Stages of an application that is still alive: it counts as a live application elsewhere (M2). */
export const LIVE_STAGES: readonly ApplicationStage[] = APPLICATION_STAGES.filter(
  (stage) => !END_STAGES.includes(stage),
);
