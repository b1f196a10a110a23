import { APPLICATION_EVENTS, APPLICATION_STAGES, LIVE_STAGES, nextStage } from './application-stage.js';

describe('the stages of an application', () => {
  it('from intake every stage is reached', () => {
    const reached = new Set<string>(['intake']);
    for (const stage of reached) {
      for (const event of APPLICATION_EVENTS) {
        const next = nextStage(stage as (typeof APPLICATION_STAGES)[number], event);
        if (next !== null) reached.add(next);
      }
    }
    expect([...reached].sort()).toEqual([...APPLICATION_STAGES].sort());
  });

  it.each(APPLICATION_STAGES.flatMap((stage) => APPLICATION_EVENTS.map((event) => [stage, event] as const)))(
    '%s, %s: only what the table lists',
    (stage, event) => {
      const listed = {
        'intake accept': 'investigation',
        'intake hold': 'intake',
        'intake withdraw': 'withdrawn',
        'investigation withdraw': 'withdrawn',
      };
      expect(nextStage(stage, event)).toBe(listed[`${stage} ${event}` as keyof typeof listed] ?? null);
    },
  );

  it('a withdrawn application is no live one', () => {
    expect(LIVE_STAGES).toEqual(['intake', 'investigation']);
  });
});
