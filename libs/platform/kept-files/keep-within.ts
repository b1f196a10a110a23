import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A half-written file that is older was left by a process that was killed. */
const HALF_LIVES_MS = 60 * 60 * 1000;
const KEPT = /^[0-9a-f]{64}$/;
const HALF = /^[0-9a-f]{64}\.[0-9a-f-]{36}$/;

/** Takes away what was used longest ago until the rest is within a bound, and what was left half-written. */
export async function keepWithin(folder: string, mostBytes: number, now: Date): Promise<void> {
  const found = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      // Another process may have taken it away meanwhile.
      const about = await stat(join(folder, name)).catch(() => null);
      return { name, bytes: about?.size ?? 0, usedAt: about?.mtimeMs ?? 0 };
    }),
  );
  const left = found.filter(({ name, usedAt }) => HALF.test(name) && now.getTime() - usedAt > HALF_LIVES_MS);
  const kept = found.filter(({ name }) => KEPT.test(name)).sort((one, other) => other.usedAt - one.usedAt);
  let total = 0;
  const beyond = kept.filter(({ bytes }) => {
    total += bytes;
    return total > mostBytes;
  });
  await Promise.all([...left, ...beyond].map(({ name }) => rm(join(folder, name), { force: true })));
}
