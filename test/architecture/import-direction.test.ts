import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '#libs/platform/project-root.js';

const root = projectRoot();

function cruise(folder: string) {
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  return spawnSync(process.execPath, [cli, '--config', '.dependency-cruiser.cjs', 'apps', 'libs'], {
    cwd: folder,
    encoding: 'utf8',
  });
}

/** A copy of the house with one file more. */
function withPlanted(file: string, content: string) {
  const copy = mkdtempSync(join(tmpdir(), 'wugang-planted-'));
  for (const part of ['apps', 'libs', '.dependency-cruiser.cjs', 'tsconfig.json', 'scripts', 'package.json']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(copy, file), content);
  const run = cruise(copy);
  rmSync(copy, { recursive: true, force: true });
  return run;
}

describe('imports point one way', () => {
  it('the house as it stands has no violation', () => {
    const run = cruise(root);
    expect(run.stdout + run.stderr).toMatch(/no dependency violations found/);
    expect(run.status).toBe(0);
  });

  it.each([
    ['domain-imports-nothing-of-ours', 'libs/domain/planted.ts', "export { verdictOf } from '../rules/evaluate.js';\n"],
    ['rules-import-domain-only', 'libs/rules/planted.ts', "export { inUnion } from '../persistence/pool.js';\n"],
    [
      'usecases-import-rules-and-domain',
      'libs/usecases/planted.ts',
      "export { readConfig } from '../platform/config.js';\n",
    ],
    [
      'outer-libs-do-not-import-apps',
      'libs/persistence/planted.ts',
      "export { createApp } from '#apps/api/create-app.js';\n",
    ],
    [
      'testing-is-for-tests',
      'libs/platform/planted.ts',
      "export { cloneDatabase } from '../testing/test-database.js';\n",
    ],
    ['pure-core', 'libs/rules/planted.ts', "export { Pool } from 'pg';\n"],
  ])('a planted import is refused by %s', (rule, file, content) => {
    const run = withPlanted(file, content);
    expect(run.stdout).toContain(rule);
    expect(run.status).not.toBe(0);
  });
});
