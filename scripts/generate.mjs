import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Generates the Prisma client. The generator asks for a schema engine that it then does not use and that an
 * air-gapped bank cannot download, so it is pointed at an executable that is certainly there.
 */
export function generatePrismaClient(root) {
  const require = createRequire(join(root, 'package.json'));
  const cli = require.resolve('prisma/build/index.js');
  const run = spawnSync(process.execPath, [cli, 'generate', '--schema', 'prisma/schema', '--no-hints'], {
    cwd: root,
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`prisma generate failed:\n${run.stdout}\n${run.stderr}`);
}
