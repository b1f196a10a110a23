import { z } from 'zod';
import { DOCUMENT_KINDS } from '../../domain/document-kind.js';
import { longText, shortText } from './values.js';

export const addDocumentQuery = z.strictObject({ kind: z.enum(DOCUMENT_KINDS), fileName: shortText });
export type AddDocumentQuery = z.infer<typeof addDocumentQuery>;

const id = z.uuid();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const documentSchema = z.strictObject({
  id,
  applicationId: id,
  kind: z.enum(DOCUMENT_KINDS),
  number: z.int().min(1).describe('Older papers of a kind stay; the newest has the highest number'),
  sha256,
  mediaType: z.string(),
  bytes: z.int().min(1),
  fileName: z.string(),
});

export const documentsView = z.strictObject({
  items: z.array(documentSchema),
  documentSetHash: sha256.describe('What a legal signature is over'),
});

export const legalSignatureBody = z.strictObject({
  documentSetHash: sha256,
  outcome: z.enum(['signed', 'signed_with_conditions', 'refused']),
  opinion: longText,
});
export type LegalSignatureBody = z.infer<typeof legalSignatureBody>;

export const legalSignatureView = z.strictObject({
  id,
  applicationId: id,
  documentSetHash: sha256,
  documents: z.int().min(1),
  outcome: z.enum(['signed', 'signed_with_conditions', 'refused']),
});
