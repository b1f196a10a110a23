/** What a person is told of: of an application, of a branch, of a draft of rules, of the stop of a product, of an impact run. */
export const NOTIFICATION_KINDS = [
  'waiting',
  'referred',
  'late',
  'lapsed',
  'refused',
  'released',
  'suspended',
  'draft_submitted',
  'draft_checked',
  'draft_returned',
  'rules_published',
  'stop_ordered',
  'product_stopped',
  'lifting_ordered',
  'stop_lifted',
  'impact_done',
  'impact_failed',
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];
