import {
  APPLICATION_EVENTS,
  APPLICATION_STAGES,
  type ApplicationStage,
  END_STAGES,
  LIVE_STAGES,
  nextStage,
  RETURN_STAGES,
} from './workflow.js';

const FORWARD = ['accept', 'investigate', 'pass-review', 'carry', 'approve', 'sign-contract', 'release'] as const;
const order = (stage: ApplicationStage): number => APPLICATION_STAGES.indexOf(stage);

/** Every pair that the table lists, written out once more by hand. */
const LISTED: Readonly<Record<string, string>> = {
  'intake accept': 'investigation',
  'intake hold': 'intake',
  'intake refuse': 'refused',
  'investigation investigate': 'review',
  'investigation refuse': 'refused',
  'review pass-review': 'deliberation',
  'review refuse': 'refused',
  'review return-to-investigation': 'investigation',
  'deliberation carry': 'approval',
  'deliberation reject': 'refused',
  'deliberation return-to-investigation': 'investigation',
  'deliberation return-to-review': 'review',
  'approval approve': 'contract',
  'approval refuse': 'refused',
  'approval return-to-investigation': 'investigation',
  'approval return-to-review': 'review',
  'approval return-to-deliberation': 'deliberation',
  'contract sign-contract': 'release',
  'contract return-to-investigation': 'investigation',
  'contract return-to-review': 'review',
  'contract return-to-deliberation': 'deliberation',
  'contract return-to-approval': 'approval',
  'release release': 'released',
  'release return-to-investigation': 'investigation',
  'release return-to-review': 'review',
  'release return-to-deliberation': 'deliberation',
  'release return-to-approval': 'approval',
  'release return-to-contract': 'contract',
};

describe('the workflow of an application', () => {
  it.each(APPLICATION_STAGES.flatMap((stage) => APPLICATION_EVENTS.map((event) => [stage, event] as const)))(
    '%s, %s: only what is listed',
    (stage, event) => {
      const leaving = event === 'withdraw' ? 'withdrawn' : event === 'lapse' ? 'lapsed' : null;
      const expected =
        leaving !== null && LIVE_STAGES.includes(stage) ? leaving : (LISTED[`${stage} ${event}`] ?? null);
      expect(nextStage(stage, event)).toBe(expected);
    },
  );

  it('from intake every stage is reached', () => {
    const reached = new Set<ApplicationStage>(['intake']);
    for (const stage of reached) {
      for (const event of APPLICATION_EVENTS) {
        const next = nextStage(stage, event);
        if (next !== null) reached.add(next);
      }
    }
    expect([...reached].sort()).toEqual([...APPLICATION_STAGES].sort());
  });

  it('every end is an end, and every live stage can reach release', () => {
    expect(END_STAGES).toEqual(['released', 'refused', 'withdrawn', 'lapsed']);
    for (const start of LIVE_STAGES) {
      let stage: ApplicationStage = start;
      for (const event of FORWARD) stage = nextStage(stage, event) ?? stage;
      expect([start, stage]).toEqual([start, 'released']);
    }
  });

  it('no post is passed by: every way forward takes one stage, and nothing is released before all of them', () => {
    for (const stage of LIVE_STAGES) {
      for (const event of APPLICATION_EVENTS) {
        const next = nextStage(stage, event);
        if (next === null || END_STAGES.includes(next) !== (next === 'released')) continue;
        expect([stage, event, order(next) - order(stage) <= 1]).toEqual([stage, event, true]);
      }
    }
  });

  it('returns go back only', () => {
    for (const stage of LIVE_STAGES) {
      for (const target of RETURN_STAGES) {
        const next = nextStage(stage, `return-to-${target}`);
        if (next !== null) expect(order(next)).toBeLessThan(order(stage));
      }
    }
  });
});
