import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, type FileHandle, mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../domain/clock.js';
import { makeFolder } from '../secret.js';
import { keepWithin } from './keep-within.js';
import { SEAL_BYTES, Seal } from './seal.js';

export interface KeptFilesOptions {
  /** Its last part is made with mode 0700. */
  readonly folder: string;
  /** Beyond it, what was used longest ago goes. */
  readonly mostBytes: number;
  readonly secret: Uint8Array;
  readonly clock: Clock;
  /** Told what could not be kept or read: whoever works goes on without. */
  readonly onError?: ((error: Error) => void) | undefined;
}

/**
 * Files that can be made again, kept by what they were made of. Each ends with its seal, by the installation's secret over
 * key and content: one that is torn, altered, renamed or another's is thrown away. Any number of processes share a folder.
 */
export class KeptFiles {
  constructor(private readonly options: KeptFilesOptions) {}

  private pathOf(key: string): string {
    return join(this.options.folder, key);
  }

  /** Copies what is kept under a key (64 hexadecimal digits) to a new file. False where there is nothing that can be trusted. */
  async fetch(key: string, to: string): Promise<boolean> {
    let kept: FileHandle | undefined;
    try {
      kept = await open(this.pathOf(key), 'r');
      if (await this.copyChecked(kept, key, to)) return true;
      await rm(this.pathOf(key), { force: true });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') this.options.onError?.(cause as Error);
    } finally {
      await kept?.close();
    }
    await rm(to, { force: true });
    return false;
  }

  /** The seal is reckoned over the very bytes that are copied: what happens to the kept file meanwhile does not matter. */
  private async copyChecked(kept: FileHandle, key: string, to: string): Promise<boolean> {
    const { size } = await kept.stat();
    const length = size - SEAL_BYTES;
    if (length <= 0) return false;
    const seal = new Seal(this.options.secret, key);
    const content = kept.createReadStream({ start: 0, end: length - 1, autoClose: false });
    await pipeline(content, seal.passing(), createWriteStream(to, { flags: 'wx', mode: 0o600 }));
    const written = Buffer.alloc(SEAL_BYTES);
    const { bytesRead } = await kept.read(written, 0, SEAL_BYTES, length);
    if (bytesRead !== SEAL_BYTES || !seal.is(written)) return false;
    const now = this.options.clock.now();
    await utimes(this.pathOf(key), now, now).catch(() => {});
    return true;
  }

  /** Keeps a copy of a file under a key: written beside its place and moved there whole. */
  async keep(key: string, file: string): Promise<void> {
    const { folder, mostBytes, secret, clock } = this.options;
    const half = join(folder, `${key}.${randomUUID()}`);
    try {
      if ((await stat(file)).size + SEAL_BYTES > mostBytes) return;
      await this.openFolder();
      const seal = new Seal(secret, key);
      const sealed = createWriteStream(half, { flags: 'wx', mode: 0o600, flush: true });
      await pipeline(createReadStream(file), seal.closing(), sealed);
      const now = clock.now();
      await utimes(half, now, now);
      await rename(half, this.pathOf(key));
      await keepWithin(folder, mostBytes, now);
    } catch (cause) {
      this.options.onError?.(cause as Error);
    } finally {
      await rm(half, { force: true }).catch(() => {});
    }
  }

  private async openFolder(): Promise<void> {
    const { folder } = this.options;
    await makeFolder(join(folder, '..'));
    await mkdir(folder, { mode: 0o700 }).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EEXIST') throw cause;
    });
    await chmod(folder, 0o700);
  }
}
