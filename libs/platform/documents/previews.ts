import { join } from 'node:path';
import { Piscina } from 'piscina';
import { projectRoot } from '../project-root.js';

const GIVES_UP_AFTER_MS = 10_000;
const MOST_THREADS = 2;
const MOST_WAITING = 32;
const MEGABYTES_EACH = 512;

/**
 * Makes previews in threads of their own, with a limit of time and memory: a paper that somebody gave in never holds up
 * or brings down the service.
 */
export class Previews {
  private pool: Piscina | undefined;

  /** PNG of the paper, or null where none can be made of it. */
  async of(content: Buffer, mediaType: string): Promise<Buffer | null> {
    this.pool ??= new Piscina({
      filename: join(projectRoot(), 'dist/libs/platform/documents/preview-worker.js'),
      minThreads: 0,
      maxThreads: MOST_THREADS,
      maxQueue: MOST_WAITING,
      resourceLimits: { maxOldGenerationSizeMb: MEGABYTES_EACH },
    });
    const task = { content: new Uint8Array(content), pdf: mediaType === 'application/pdf' };
    const signal = AbortSignal.timeout(GIVES_UP_AFTER_MS);
    return this.pool.run(task, { signal }).then(
      (png: Uint8Array) => Buffer.from(png),
      () => null,
    );
  }

  async close(): Promise<void> {
    await this.pool?.destroy();
  }
}
