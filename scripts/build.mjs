import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatePrismaClient } from './generate.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const GENERATED = 'libs/persistence/generated';

function* filesBelow(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (path === GENERATED) continue;
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

const stampOf = (paths) => {
  const hash = createHash('sha256');
  for (const path of paths) {
    const { size, mtimeMs } = statSync(join(root, path));
    hash.update(`${path}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
};

function refresh(stampFile, stamp, produce) {
  const file = join(root, stampFile);
  if (existsSync(file) && readFileSync(file, 'utf8') === stamp) return;
  produce();
  writeFileSync(file, stamp);
}

/** Generates the Prisma client where the schema changed; does nothing otherwise. */
export function generateWhatIsStale() {
  const stamp = stampOf([...filesBelow('prisma/schema'), 'package-lock.json']);
  refresh(`${GENERATED}.stamp`, stamp, () => generatePrismaClient(root));
}

/** Compiles what changed since the last build into dist/; does nothing where it is up to date. */
export function buildWhatIsStale() {
  generateWhatIsStale();
  const paths = [
    ...filesBelow('apps'),
    ...filesBelow('libs'),
    ...filesBelow('prisma/schema'),
    '.swcrc',
    'nest-cli.json',
    'package-lock.json',
  ];
  refresh('dist/.stamp', stampOf(paths), () => {
    rmSync(join(root, 'dist'), { recursive: true, force: true });
    const nest = createRequire(join(root, 'package.json')).resolve('@nestjs/cli/bin/nest.js');
    const run = spawnSync(process.execPath, [nest, 'build'], { cwd: root, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`build failed:\n${run.stdout}\n${run.stderr}`);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildWhatIsStale();
