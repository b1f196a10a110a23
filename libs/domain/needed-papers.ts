import type { DocumentKind } from './document-kind.js';

/** Papers that every loan file holds before its review passes. */
export const NEEDED_PAPERS: readonly DocumentKind[] = ['identity', 'income_evidence', 'purpose_evidence'];
