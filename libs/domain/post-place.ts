import type { Post } from './post.js';

export const UNIT_KINDS = ['county_union', 'business_department', 'department', 'branch', 'sub_branch'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

const HEAD_OFFICE: readonly UnitKind[] = ['county_union', 'department'];
export const isHeadOffice = (kind: UnitKind): boolean => HEAD_OFFICE.includes(kind);

/** Where each post sits: within the branch's authority at a branch (G1.1), over it at head office (G1.2). */
const PLACE_OF: Readonly<Record<Post, 'branch' | 'head office' | 'anywhere'>> = {
  field_credit_officer: 'branch',
  responsible_credit_officer: 'branch',
  deputy_director: 'branch',
  accounting_supervisor: 'branch',
  branch_director: 'branch',
  deliberation_group_member: 'branch',
  customer_department_investigator: 'head office',
  head_of_credit_department: 'head office',
  vice_president: 'head office',
  president: 'head office',
  approval_group_member: 'head office',
  legal_adviser: 'head office',
  auditor: 'head office',
  compliance_maker: 'head office',
  compliance_checker: 'head office',
  collection_clerk: 'anywhere',
  reporter: 'anywhere',
  system_administrator: 'head office',
};

/** Whether a post is held at a unit of a kind. */
export function sitsAt(post: Post, kind: UnitKind): boolean {
  const place = PLACE_OF[post];
  return place === 'anywhere' || (place === 'head office') === isHeadOffice(kind);
}
