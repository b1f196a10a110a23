import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

/** SHA-256 of a file's content, in hexadecimal digits. */
export async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** SHA-256 over the libraries as they run here: what is reckoned by other code has another address. */
export async function codeHash(): Promise<string> {
  const libs = join(dirname(fileURLToPath(import.meta.url)), '../..');
  const names = (await readdir(libs, { recursive: true })).filter((name) => /\.(js|ts)$/.test(name)).sort();
  const hash = createHash('sha256');
  for (const name of names) hash.update(`${name}\0`).update(await readFile(join(libs, name)));
  return hash.digest('hex');
}
