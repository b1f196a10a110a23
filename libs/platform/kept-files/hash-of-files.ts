import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../project-root.js';

/** SHA-256 of a file's content, in hexadecimal digits. */
export async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** SHA-256 over the libraries as they run here, Node and the versions of what they use: what other code reckons has another address. */
export async function codeHash(): Promise<string> {
  const libs = join(dirname(fileURLToPath(import.meta.url)), '../..');
  const names = (await readdir(libs, { recursive: true })).filter((name) => /\.(js|ts)$/.test(name)).sort();
  const hash = createHash('sha256').update(process.version);
  hash.update(await readFile(join(projectRoot(), 'package.json')));
  for (const name of names) hash.update(`${name}\0`).update(await readFile(join(libs, name)));
  return hash.digest('hex');
}
