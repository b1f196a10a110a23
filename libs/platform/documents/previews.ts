import { join } from 'node:path';
import { Piscina } from 'piscina';
import { projectRoot } from '../project-root.js';

const GIVES_UP_AFTER_MS = 10_000;
const MOST_THREADS = 2;
const MOST_WAITING = 32;

/** A picture, or why there is none: nothing can be made of the paper, or too many are being made. */
export type Preview = { readonly png: Buffer } | { readonly none: 'unreadable' | 'busy' };

/** Makes previews in threads of their own, with a limit of time: a paper that somebody gave in never holds up the service. */
export class Previews {
  private pool: Piscina | undefined;

  async of(content: Buffer, mediaType: string): Promise<Preview> {
    this.pool ??= new Piscina({
      filename: join(projectRoot(), 'dist/libs/platform/documents/preview-worker.js'),
      minThreads: 0,
      maxThreads: MOST_THREADS,
      maxQueue: MOST_WAITING,
    });
    if (this.pool.queueSize >= MOST_WAITING) return { none: 'busy' };
    const task = { content: new Uint8Array(content), pdf: mediaType === 'application/pdf' };
    const signal = AbortSignal.timeout(GIVES_UP_AFTER_MS);
    return this.pool.run(task, { signal }).then(
      (png: Uint8Array): Preview => ({ png: Buffer.from(png) }),
      (): Preview => ({ none: signal.aborted ? 'busy' : 'unreadable' }),
    );
  }

  async close(): Promise<void> {
    await this.pool?.destroy();
  }
}
