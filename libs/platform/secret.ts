import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.js';

/**
 * The installation's 32-byte secret: WUGANG_SECRET_KEY, else a key file made once in the data folder and readable by
 * its owner only. Replicas over one database must share it. Throws where the folder cannot be written.
 */
export async function installationSecret(config: Config): Promise<Uint8Array> {
  if (config.secretKey !== undefined) return Buffer.from(config.secretKey, 'hex');
  const file = join(config.dataDir, 'secret.key');
  await mkdir(config.dataDir, { recursive: true });
  await writeFile(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' }).catch(
    (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EEXIST') throw cause;
    },
  );
  return Buffer.from((await readFile(file, 'utf8')).trim(), 'hex');
}
