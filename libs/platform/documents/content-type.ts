import { fileTypeFromBuffer } from 'file-type';

/** What a loan file takes: papers and pictures of them. */
export const DOCUMENT_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

/** The type that the content itself shows, whatever it was called; null where it is none that a loan file takes. */
export async function documentTypeOf(content: Buffer): Promise<DocumentType | null> {
  const shown = (await fileTypeFromBuffer(content))?.mime;
  return DOCUMENT_TYPES.find((type) => type === shown) ?? null;
}

/** What a specimen of a seal or signature may be. */
export const SPECIMEN_TYPES = ['image/jpeg', 'image/png'] as const;

/** The same for an image alone. */
export async function imageTypeOf(content: Buffer): Promise<DocumentType | null> {
  const type = await documentTypeOf(content);
  return type === 'application/pdf' ? null : type;
}
