import { createHash } from 'node:crypto';

/** Where the papers of loan files lie, by the SHA-256 of their content. */
export interface DocumentStore {
  /** Keeps the content and returns its address; the same content is kept once. */
  put(content: Buffer): Promise<string>;
  /** Null where nothing of that address is kept. Throws where what is kept is not what the address says. */
  get(sha256: string): Promise<Buffer | null>;
}

export const sha256Of = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** The place of a content below a folder or in a bucket, spread over 65,536 branches. */
export const addressOf = (sha256: string): string => `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;

/** The content, if it is what its address says. */
export function checked(sha256: string, content: Buffer): Buffer {
  if (sha256Of(content) !== sha256) throw new Error(`document ${sha256} was altered`);
  return content;
}
