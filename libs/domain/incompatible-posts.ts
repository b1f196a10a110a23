import type { Post } from './post.js';
import type { Bilingual } from './text.js';

interface Incompatibility {
  readonly one: readonly Post[];
  readonly other: readonly Post[];
  /** Whether only posts of the same unit exclude each other; else those of the whole union do. */
  readonly sameUnit: boolean;
  readonly clause: string;
  readonly reason: Bilingual;
}

/** Posts that handle a loan on its way to its release, by hand or by vote. */
const HANDLING: readonly Post[] = [
  'field_credit_officer',
  'responsible_credit_officer',
  'deputy_director',
  'accounting_supervisor',
  'branch_director',
  'deliberation_group_member',
  'customer_department_investigator',
  'head_of_credit_department',
  'vice_president',
  'president',
  'approval_group_member',
  'legal_adviser',
];

/** Posts that nobody holds at the same time, whatever the loan (不相容岗位). Two posts of one loan are another matter (G1). */
const INCOMPATIBILITIES: readonly Incompatibility[] = [
  {
    one: ['compliance_maker'],
    other: ['compliance_checker'],
    sameUnit: false,
    clause: 'M3',
    reason: { zh: '规则的经办与复核须由两人担任', en: 'rules are made by one person and checked by another' },
  },
  {
    one: ['system_administrator'],
    other: HANDLING,
    sameUnit: false,
    clause: 'G1',
    reason: { zh: '安排岗位的人不得办理贷款', en: 'who appoints people to posts handles no loan' },
  },
  {
    one: ['auditor'],
    other: [...HANDLING, 'collection_clerk', 'system_administrator'],
    sameUnit: false,
    clause: 'M3',
    reason: {
      zh: '稽核人员不得办理、清收贷款，也不得安排岗位',
      en: 'who audits neither handles nor collects loans, nor appoints people to posts',
    },
  },
  {
    one: ['accounting_supervisor'],
    other: ['field_credit_officer', 'responsible_credit_officer'],
    sameUnit: true,
    clause: 'G1',
    reason: { zh: '同一机构的信贷与会计放款须分离', en: 'at one branch who lends is not who pays out' },
  },
  {
    one: ['vice_president'],
    other: ['head_of_credit_department'],
    sameUnit: false,
    clause: 'G1.2',
    reason: { zh: '超权限贷款由两人共同审查', en: 'over authority the review is done by both, two people' },
  },
];

/** Why two posts are never held at once, or null where they may be. */
export function incompatibility(post: Post, held: Post, sameUnit: boolean): Incompatibility | null {
  const meets = (left: Post, right: Post) => (row: Incompatibility) =>
    row.one.includes(left) && row.other.includes(right) && (sameUnit || !row.sameUnit);
  return INCOMPATIBILITIES.find(meets(post, held)) ?? INCOMPATIBILITIES.find(meets(held, post)) ?? null;
}
