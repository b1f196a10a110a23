import type { Post } from '../../domain/post.js';

export interface DemoPerson {
  readonly login: string;
  readonly name: string;
  /** Code of the unit. */
  readonly unit: string;
  readonly posts: readonly Post[];
  /** Codes of the branches in whose deliberation groups the person sits. */
  readonly sitsIn?: readonly string[];
}

const BRANCHES = Array.from({ length: 12 }, (_, index) => `B${String(index + 1).padStart(2, '0')}`);

/** A deliberation group is made of people of the two branches behind: nobody sits over what the own branch handled. */
const groupsOf = (index: number, ...behind: number[]): readonly string[] =>
  behind.map((steps) => BRANCHES[(index + BRANCHES.length - steps) % BRANCHES.length] ?? '');

const ofBranch = (unit: string, index: number): DemoPerson[] => [
  {
    login: `officer${index + 1}`,
    name: `信贷员${index + 1}`,
    unit,
    posts: ['field_credit_officer', 'responsible_credit_officer'],
    sitsIn: groupsOf(index, 1),
  },
  {
    login: `deputy${index + 1}`,
    name: `副主任${index + 1}`,
    unit,
    posts: ['deputy_director'],
    sitsIn: groupsOf(index, 1, 2),
  },
  {
    login: `accountant${index + 1}`,
    name: `主管会计${index + 1}`,
    unit,
    posts: ['accounting_supervisor'],
    sitsIn: groupsOf(index, 1),
  },
  { login: `director${index + 1}`, name: `主任${index + 1}`, unit, posts: ['branch_director'] },
];

/** The demonstration union's people: four at each of twelve branches, the rest at head office. */
export const DEMO_STAFF: readonly DemoPerson[] = [
  ...BRANCHES.flatMap(ofBranch),
  { login: 'customer1', name: '客户部调查人甲', unit: 'D1', posts: ['customer_department_investigator'] },
  { login: 'customer2', name: '客户部调查人乙', unit: 'D1', posts: ['customer_department_investigator'] },
  // Sits in the approval group too: over a loan that was reviewed by the same person there is no vote.
  {
    login: 'credit',
    name: '信贷部负责人',
    unit: 'D2',
    posts: ['head_of_credit_department', 'approval_group_member'],
  },
  { login: 'approval1', name: '审批小组成员甲', unit: 'D2', posts: ['approval_group_member'] },
  { login: 'approval2', name: '审批小组成员乙', unit: 'D6', posts: ['approval_group_member'] },
  { login: 'approval3', name: '审批小组成员丙', unit: 'D4', posts: ['approval_group_member'] },
  { login: 'audit', name: '稽核员', unit: 'D3', posts: ['auditor'] },
  { login: 'maker', name: '合规经办', unit: 'D4', posts: ['compliance_maker'] },
  { login: 'checker', name: '合规复核', unit: 'D4', posts: ['compliance_checker'] },
  { login: 'lawyer', name: '法律顾问', unit: 'D5', posts: ['legal_adviser'] },
  { login: 'vice', name: '分管副理事长', unit: 'UNION', posts: ['vice_president'] },
  { login: 'president', name: '联社主任', unit: 'UNION', posts: ['president'] },
  { login: 'admin', name: '系统管理员', unit: 'UNION', posts: ['system_administrator'] },
];

/** For the demonstration only; a union of its own is never given accounts by the product. */
export const DEMO_PASSWORD = 'wugang-demo-2026';
