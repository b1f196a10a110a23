import { APPLICATION_EVENTS, APPLICATION_STAGES, nextStage } from '#libs/domain/workflow.js';

/** The workflow as a picture, drawn from its table. */
export function workflowPage(): string {
  const arrows = APPLICATION_STAGES.flatMap((stage) =>
    APPLICATION_EVENTS.flatMap((event) => {
      const next = nextStage(stage, event);
      return next === null ? [] : [`  ${stage} --> ${next}: ${event}`];
    }),
  );
  return [
    '# Workflow 五岗流程',
    '',
    'Made from the code by `npm run generate`. A pair of stage and event that is not drawn is refused (G1).',
    '',
    '```mermaid',
    'stateDiagram-v2',
    '  [*] --> intake',
    ...arrows,
    '```',
    '',
  ].join('\n');
}
