import type { Post } from './post.js';

/** Every route names one of these; what a person holds follows from the post appointments in force. */
export const PERMISSIONS = [
  'organisation:read',
  'customer:read',
  'customer:write',
  'personal-data:unmask',
  'search:in-house',
  'consent:write',
  'bureau:query',
  'application:read',
  'application:submit',
  'application:withdraw',
  'intake:decide',
  'decision:read',
  'product:read',
  'case:act',
  'contract:record',
  'loan:release',
  'document:add',
  'legal:sign',
  'appraiser:read',
  'appraiser:manage',
  'specimen:read',
  'authority:read',
  'authority:propose',
  'authority:set',
  'rules:read',
  'rules:make',
  'rules:check',
  'rules:publish',
  'rules:impact',
  'product:stop',
  'webhook:manage',
  'audit:read',
  'account:manage',
  'appointment:manage',
  'appointment:delegate',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READ: readonly Permission[] = [
  'organisation:read',
  'product:read',
  'customer:read',
  'application:read',
  'decision:read',
  'appraiser:read',
  'authority:read',
];
const LENDING: readonly Permission[] = [
  ...READ,
  'search:in-house',
  'customer:write',
  'personal-data:unmask',
  'consent:write',
  'bureau:query',
  'application:submit',
  'application:withdraw',
  'intake:decide',
  'case:act',
  'contract:record',
  'document:add',
];
const OVERSIGHT: readonly Permission[] = [...READ, 'search:in-house'];
/** Who acts at a post reads widely and writes at that post alone. */
const AT_POST: readonly Permission[] = [...OVERSIGHT, 'case:act', 'specimen:read'];
const COMPLIANCE: readonly Permission[] = [
  'organisation:read',
  'product:read',
  'decision:read',
  'rules:read',
  'rules:publish',
  'rules:impact',
  'product:stop',
];

const PERMISSIONS_OF_POST: Readonly<Record<Post, readonly Permission[]>> = {
  field_credit_officer: LENDING,
  responsible_credit_officer: LENDING,
  customer_department_investigator: LENDING,
  deputy_director: AT_POST,
  accounting_supervisor: [...AT_POST, 'loan:release'],
  branch_director: AT_POST,
  deliberation_group_member: [...READ, 'case:act'],
  head_of_credit_department: [
    ...AT_POST,
    'loan:release',
    'appraiser:manage',
    'authority:propose',
    'rules:read',
    'product:stop',
  ],
  vice_president: [...AT_POST, 'rules:read', 'product:stop'],
  president: [...AT_POST, 'authority:propose', 'authority:set', 'rules:read', 'product:stop'],
  approval_group_member: [...READ, 'case:act'],
  legal_adviser: [...READ, 'legal:sign'],
  auditor: [...OVERSIGHT, 'personal-data:unmask', 'specimen:read', 'audit:read', 'rules:read'],
  compliance_maker: [...COMPLIANCE, 'rules:make'],
  compliance_checker: [...COMPLIANCE, 'rules:check'],
  collection_clerk: ['organisation:read', 'product:read', 'customer:read'],
  reporter: ['organisation:read', 'product:read'],
  system_administrator: ['organisation:read', 'webhook:manage', 'account:manage', 'appointment:manage'],
};

/** Whoever holds a post may hand it on for dated days, and give back what was handed on. */
const OF_EVERY_POST: readonly Permission[] = ['appointment:delegate'];

export const permissionsOf = (post: Post): readonly Permission[] => [...PERMISSIONS_OF_POST[post], ...OF_EVERY_POST];
