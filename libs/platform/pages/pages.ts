import { join } from 'node:path';
import { Piscina } from 'piscina';
import type { Language } from '../../domain/text.js';
import type { ExplainedDecision } from '../../rules/explain/explained-decision.js';
import { projectRoot } from '../project-root.js';

const GIVES_UP_AFTER_MS = 60_000;
/** A thread has read the fonts: it is kept for the next page. */
const KEPT_IDLE_MS = 60_000;
const MOST_THREADS = 1;
const MOST_WAITING = 16;

/** Sets pages for print in a thread of its own: setting type takes longer than a request of others may wait. */
export class Pages {
  private pool: Piscina | undefined;

  /** PDF; null where too many are being made, or one takes too long. */
  async explanation(decision: ExplainedDecision, language: Language): Promise<Buffer | null> {
    this.pool ??= new Piscina({
      filename: join(projectRoot(), 'dist/libs/platform/pages/pages-worker.js'),
      minThreads: 0,
      maxThreads: MOST_THREADS,
      maxQueue: MOST_WAITING,
      idleTimeout: KEPT_IDLE_MS,
    });
    if (this.pool.queueSize >= MOST_WAITING) return null;
    const signal = AbortSignal.timeout(GIVES_UP_AFTER_MS);
    return this.pool.run({ decision, language }, { signal }).then(
      (pdf: Uint8Array) => Buffer.from(pdf),
      (cause: unknown) => {
        if (signal.aborted) return null;
        throw cause;
      },
    );
  }

  async close(): Promise<void> {
    await this.pool?.destroy();
  }
}
