import { PAYMENT_MODES } from '../../domain/payment-mode.js';
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
  'release.reviewCheckStands': {
    source: 'workflow',
    type: 'boolean',
    clause: 'M1',
    label: { zh: '审查核查有效且未禁止', en: 'A check at the review stands and lets it pass' },
  },
  'release.distinctPeople': {
    source: 'workflow',
    type: 'boolean',
    clause: 'G1',
    label: { zh: '各岗位均由不同的人经办', en: 'Each post by people of its own' },
  },
  'release.membersVoted': {
    ...workflow,
    unit: 'count',
    clause: 'G1',
    label: { zh: '参加表决人数', en: 'Members who voted' },
  },
  'release.membersVotedPercent': {
    ...workflow,
    unit: 'percent',
    clause: 'G1',
    label: { zh: '参加表决占成员比例', en: 'Share of the members who voted' },
  },
  'release.membersSupportPercent': {
    ...workflow,
    unit: 'percent',
    clause: 'G1',
    label: { zh: '同意占表决比例', en: 'Share of the votes in support' },
  },
  'release.paymentMode': {
    source: 'workflow',
    type: 'text',
    values: PAYMENT_MODES,
    clause: 'M1',
    label: { zh: '支付方式', en: 'How the money is paid' },
  },
  'release.payeeLinked': {
    source: 'workflow',
    type: 'boolean',
    clause: 'M1',
    label: { zh: '收款人与用途有资料相印证', en: 'A paper links the payee to the purpose' },
  },
} as const satisfies Record<string, FactDefinition>;
