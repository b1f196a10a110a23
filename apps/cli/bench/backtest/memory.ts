import { fork } from 'node:child_process';
import { once } from 'node:events';
import { inTemporaryFolder } from '#libs/platform/temporary-folder.js';
import type { MemoryAnswer, MemoryQuestion } from './memory-child.js';

/** Decides so many rows in a process of its own, every finding kept, and gives the most that it had in memory. */
export const peakMemory = (question: Omit<MemoryQuestion, 'folder'>): Promise<MemoryAnswer> =>
  inTemporaryFolder(async (folder) => {
    const child = fork(new URL('./memory-child.js', import.meta.url));
    child.send({ ...question, folder } satisfies MemoryQuestion);
    const failed = once(child, 'exit').then(([code]) =>
      Promise.reject(new Error(`bench: its process ended with ${code}`)),
    );
    const [answer] = (await Promise.race([once(child, 'message'), failed])) as [MemoryAnswer];
    return answer;
  });
