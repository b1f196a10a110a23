/** Kinds of papers in a loan file. */
export const DOCUMENT_KINDS = [
  'identity',
  'household',
  'income_evidence',
  'purpose_evidence',
  'bureau_authorisation',
  'security_papers',
  'appraisal_report',
  'title_deed',
  'contract',
  'other',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];
