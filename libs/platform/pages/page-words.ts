import type { Truth } from '../../domain/kleene.js';
import type { Bilingual } from '../../domain/text.js';
import type { Checkpoint } from '../../rules/rule-format.js';

export const PAGE_WORDS = {
  title: { zh: '判定说明', en: 'Explanation of a decision' },
  decision: { zh: '判定编号', en: 'Decision' },
  fileNo: { zh: '档案编号', en: 'File number' },
  branch: { zh: '受理机构', en: 'Branch' },
  businessDate: { zh: '业务日期', en: 'Business date' },
  checkpoint: { zh: '环节', en: 'Checkpoint' },
  product: { zh: '贷款品种', en: 'Product' },
  book: { zh: '规则手册', en: 'Rule book' },
  parameters: { zh: '政策参数', en: 'Policy parameters' },
  notReproduced: {
    zh: '按原事实重新判定与原判定不一致，须核查（wugang replay）。',
    en: 'Deciding again on the same facts does not give the stored answer: look into it (wugang replay).',
  },
  verdict: { zh: '结论：', en: 'Verdict:' },
  noFindings: { zh: '没有发现。', en: 'No findings.' },
  clause: { zh: '条款', en: 'Clause' },
  rule: { zh: '规则', en: 'Rule' },
  says: { zh: '结论', en: 'Says' },
  reason: { zh: '理由', en: 'Reason' },
  settles: { zh: '本项决定结论。', en: 'This settles the verdict.' },
  excepted: { zh: '例外', en: 'excepted by' },
  turns: { zh: '怎样会不同', en: 'What would turn it' },
  worse: { zh: '怎样会变差', en: 'What would make it worse' },
  byFact: { zh: '单项事实', en: 'One fact alone' },
  byParameter: { zh: '单项参数', en: 'One parameter alone' },
  noSingle: { zh: '没有任何单项事实能使结论变为', en: 'No single fact leads to' },
  inTheWay: { zh: '，受阻于：', en: ', in the way: ' },
  conditions: { zh: '各规则的条件', en: 'The conditions of each rule' },
} satisfies Record<string, Bilingual>;

export const TRUTH_WORDS: Readonly<Record<Truth, Bilingual>> = {
  true: { zh: '成立', en: 'true' },
  false: { zh: '不成立', en: 'false' },
  unknown: { zh: '不明', en: 'unknown' },
};

export const CHECKPOINT_WORDS: Readonly<Record<Checkpoint, Bilingual>> = {
  intake: { zh: '受理', en: 'intake' },
  investigation: { zh: '调查', en: 'investigation' },
  review: { zh: '审查', en: 'review' },
  deliberation: { zh: '审议', en: 'deliberation' },
  approval: { zh: '审批', en: 'approval' },
  release: { zh: '放款', en: 'release' },
  'post-loan': { zh: '贷后', en: 'post-loan' },
};
