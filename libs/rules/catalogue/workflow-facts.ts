import type { FactDefinition } from '../fact-definition.js';

const workflow = { source: 'workflow', type: 'number' } as const;

/** What the posts have done by the time money is about to move. */
export const WORKFLOW_FACTS = {
  'release.postsActed': {
    ...workflow,
    unit: 'count',
    clause: 'G1',
    label: { zh: '已经办的贷前岗位数', en: 'Pre-loan posts that have acted' },
  },
  'release.unansweredFindings': {
    ...workflow,
    unit: 'count',
    clause: 'M1',
    label: { zh: '未答复的转审发现数', en: 'Referred findings without an answer' },
  },
  'release.aboveDeliberatedFen': {
    ...workflow,
    unit: 'fen',
    clause: 'G1',
    label: { zh: '审批超过审议通过的金额', en: 'Approved above what deliberation carried' },
  },
  'release.overAuthority': {
    source: 'workflow',
    type: 'boolean',
    clause: 'G1.2',
    label: { zh: '权限内办理而今已超权限', en: 'Handled within authority, over it today' },
  },
  'release.legalSignatureStands': {
    source: 'workflow',
    type: 'boolean',
    clause: 'G4',
    label: {
      zh: '法律顾问对现有资料的签字有效',
      en: "The legal adviser's signature over the papers as they are stands",
    },
  },
  'release.conditionsUnmet': {
    ...workflow,
    unit: 'count',
    clause: 'G1',
    label: { zh: '未落实的审批条件数', en: 'Conditions of the approval not met' },
  },
} as const satisfies Record<string, FactDefinition>;
