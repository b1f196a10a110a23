import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { addressOf, checked, type DocumentStore, sha256Of } from './document-store.js';

/** Documents below a folder, never overwritten: a file is written beside its place and moved there whole. */
export class FolderDocuments implements DocumentStore {
  constructor(private readonly folder: string) {}

  private pathOf(sha256: string): string {
    return join(this.folder, addressOf(sha256));
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
    return content === null ? null : checked(sha256, content);
  }
}
