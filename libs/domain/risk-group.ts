/**
 * Confirmed links over which exposure is summed (M2). Leads (shared payee, phone, address) raise findings and join no
 * group until a reviewer confirms them, which records one of these kinds.
 */
export const RISK_GROUP_LINKS = ['spouse', 'relative', 'controller', 'guarantor', 'joint_guarantee'] as const;
