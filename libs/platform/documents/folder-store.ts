import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where the papers of loan files lie, by the SHA-256 of their content. */
export interface DocumentStore {
  /** Keeps the content and returns its address; the same content is kept once. */
  put(content: Buffer): Promise<string>;
  /** Null where nothing of that address is kept. Throws where what is kept is not what the address says. */
  get(sha256: string): Promise<Buffer | null>;
}

export const sha256Of = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** Documents below a folder, never overwritten: a file is written beside its place and moved there whole. */
export class FolderDocuments implements DocumentStore {
  constructor(private readonly folder: string) {}

  private pathOf(sha256: string): string {
    return join(this.folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }

  async put(content: Buffer): Promise<string> {
    const sha256 = sha256Of(content);
    if ((await this.get(sha256).catch(() => null)) !== null) return sha256;
    const path = this.pathOf(sha256);
    await mkdir(dirname(path), { recursive: true });
    const half = `${path}.${randomUUID()}`;
    try {
      await writeFile(half, content, { flag: 'wx', flush: true });
      await rename(half, path);
    } finally {
      await rm(half, { force: true });
    }
    return sha256;
  }

  async get(sha256: string): Promise<Buffer | null> {
    const content = await readFile(this.pathOf(sha256)).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return null;
      throw cause;
    });
    if (content !== null && sha256Of(content) !== sha256) throw new Error(`document ${sha256} was altered`);
    return content;
  }
}
