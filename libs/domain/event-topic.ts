/** Topics that other systems may hear of; the payload carries ids only. */
export const WEBHOOK_TOPICS = [
  'application.decided',
  'application.moved',
  'application.late',
  'application.withdrawn',
  'authority.suspended',
  'finding.waived',
  'loan.released',
  'product.resumed',
  'product.stopped',
  'rules.published',
] as const;
