import type { Bilingual } from './text.js';

/** Posts that a person may be appointed to (design section 3), with the source's own terms. */
export const POSTS = {
  field_credit_officer: { zh: '外勤信贷员', en: 'Field credit officer' },
  responsible_credit_officer: { zh: '责任信贷员', en: 'Responsible credit officer' },
  deputy_director: { zh: '副主任', en: 'Deputy director' },
  accounting_supervisor: { zh: '主管会计', en: 'Accounting supervisor' },
  branch_director: { zh: '信用社主任', en: 'Branch director' },
  deliberation_group_member: { zh: '贷款审议小组成员', en: 'Deliberation group member' },
  customer_department_investigator: { zh: '客户部调查人', en: 'Customer department investigator' },
  head_of_credit_department: { zh: '信贷部负责人', en: 'Head of the credit department' },
  vice_president: { zh: '分管副理事长', en: 'Vice-president' },
  president: { zh: '联社主任', en: 'President' },
  approval_group_member: { zh: '联社贷款审批小组成员', en: 'Approval group member' },
  legal_adviser: { zh: '法律顾问', en: 'Legal adviser' },
  auditor: { zh: '稽核员', en: 'Auditor' },
  compliance_maker: { zh: '合规经办', en: 'Compliance maker' },
  compliance_checker: { zh: '合规复核', en: 'Compliance checker' },
  collection_clerk: { zh: '清收员', en: 'Collection clerk' },
  reporter: { zh: '报表人', en: 'Reporter' },
  system_administrator: { zh: '系统管理员', en: 'System administrator' },
} as const satisfies Record<string, Bilingual>;

export type Post = keyof typeof POSTS;
export const POST_NAMES = Object.keys(POSTS) as [Post, ...Post[]];
