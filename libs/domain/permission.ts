import type { Post } from './post.js';

/** Every route names one of these; what a person holds follows from the post appointments in force. */
export const PERMISSIONS = [
  'organisation:read',
  'customer:read',
  'customer:write',
  'search:in-house',
  'consent:write',
  'bureau:query',
  'application:read',
  'application:submit',
  'application:withdraw',
  'intake:decide',
  'decision:read',
  'product:read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READ: readonly Permission[] = [
  'organisation:read',
  'product:read',
  'customer:read',
  'application:read',
  'decision:read',
];
const LENDING: readonly Permission[] = [
  ...READ,
  'search:in-house',
  'customer:write',
  'consent:write',
  'bureau:query',
  'application:submit',
  'application:withdraw',
  'intake:decide',
];
const OVERSIGHT: readonly Permission[] = [...READ, 'search:in-house'];

const PERMISSIONS_OF_POST: Readonly<Record<Post, readonly Permission[]>> = {
  field_credit_officer: LENDING,
  responsible_credit_officer: LENDING,
  customer_department_investigator: LENDING,
  deputy_director: OVERSIGHT,
  accounting_supervisor: READ,
  branch_director: OVERSIGHT,
  deliberation_group_member: READ,
  head_of_credit_department: OVERSIGHT,
  vice_president: OVERSIGHT,
  president: OVERSIGHT,
  approval_group_member: READ,
  legal_adviser: READ,
  auditor: OVERSIGHT,
  compliance_maker: ['organisation:read', 'product:read', 'decision:read'],
  compliance_checker: ['organisation:read', 'product:read', 'decision:read'],
  collection_clerk: ['organisation:read', 'product:read', 'customer:read'],
  reporter: ['organisation:read', 'product:read'],
  system_administrator: ['organisation:read'],
};

export const permissionsOf = (post: Post): readonly Permission[] => PERMISSIONS_OF_POST[post];
