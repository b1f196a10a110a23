/** Where an impact run stands. A run that failed or was stopped may go on; one that is done stays as it is. */
export const IMPACT_STATES = ['waiting', 'running', 'done', 'failed', 'stopped'] as const;
export type ImpactState = (typeof IMPACT_STATES)[number];

export const isUnderWay = (state: ImpactState): boolean => state === 'waiting' || state === 'running';
