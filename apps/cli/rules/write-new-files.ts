import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandFailed } from '../output.js';

/** Writes files that are not there yet, all or none, and gives their paths. Nothing is overwritten. */
export async function writeNewFiles(folder: string, files: ReadonlyMap<string, unknown>): Promise<string[]> {
  const there = [...files.keys()].filter((path) => existsSync(join(folder, path)));
  if (there.length > 0) throw new CommandFailed(`already there, and left as it is: ${there.join(', ')}`);
  for (const [path, content] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify(content, null, 2)}\n`, { flag: 'wx' });
  }
  return [...files.keys()];
}
