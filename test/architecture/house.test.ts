import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from '#apps/cli/generated-files.js';
import { projectRoot } from '#libs/platform/project-root.js';

const root = projectRoot();

function tool(path: string, args: readonly string[]) {
  const run = spawnSync(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: root, encoding: 'utf8' });
  return { status: run.status, output: run.stdout + run.stderr };
}

const tracked = (): string[] => {
  const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed.stdout.split('\n').filter((path) => /\.(ts|mjs|cjs)$/.test(path));
};

describe('the house', () => {
  it.each([
    ['is typed without a fault', 'typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']],
    ['is formatted and linted', '@biomejs/biome/bin/biome', ['check', '.']],
    ['has no dead code and no dependency that nobody uses', 'knip/bin/knip.js', []],
  ])('%s', (_, path, args) => {
    const { status, output } = tool(path, args);
    expect(status === 0 ? '' : output).toBe('');
  });

  it('has small rooms: no file above 300 lines, nine of ten up to 200, half of them up to 60', () => {
    const lengths = tracked()
      .filter((path) => !path.endsWith('.test.ts'))
      .map((path) => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n').length }))
      .sort((left, right) => left.lines - right.lines);
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
    expect(lengths[Math.floor(lengths.length * 0.9)]!.lines).toBeLessThanOrEqual(200);
    expect(lengths[Math.floor(lengths.length / 2)]!.lines).toBeLessThanOrEqual(60);
  });

  it('leaves no work undone in a comment', () => {
    const words = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`);
    expect(tracked().filter((path) => words.test(readFileSync(join(root, path), 'utf8')))).toEqual([]);
  });

  it('commits what is generated as it is generated: run npm run generate', async () => {
    for (const [path, content] of await generatedFiles()) {
      const committed = readFileSync(join(root, path), 'utf8');
      expect({ path, same: committed === content }).toEqual({ path, same: true });
    }
  });
});
