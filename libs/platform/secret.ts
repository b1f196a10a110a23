import { randomBytes } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from './config.js';

/** Makes a folder and those above it, one by one: Node's own recursion never ends below a file system that refuses them. */
export async function makeFolder(folder: string): Promise<void> {
  const there = await stat(folder).catch(() => null);
  if (there?.isDirectory() === true) return;
  if (folder !== dirname(folder)) await makeFolder(dirname(folder));
  await mkdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST') throw cause;
  });
}

/**
 * The installation's 32-byte secret: WUGANG_SECRET_KEY, else a key file made once in the data folder and readable by
 * its owner only. Replicas over one database must share it. Throws where the folder cannot be written.
 */
export async function installationSecret(config: Config): Promise<Uint8Array> {
  if (config.secretKey !== undefined) return Buffer.from(config.secretKey, 'hex');
  const file = join(config.dataDir, 'secret.key');
  await makeFolder(config.dataDir);
  await writeFile(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' }).catch(
    (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EEXIST') throw cause;
    },
  );
  return Buffer.from((await readFile(file, 'utf8')).trim(), 'hex');
}
