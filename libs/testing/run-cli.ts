import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../platform/project-root.js';

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command in a process of its own, from the project's folder, and waits for its end. */
export function runCli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliRun> {
  const child = spawn(process.execPath, [join(projectRoot(), 'bin/wugang.mjs'), ...args], {
    cwd: projectRoot(),
    env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'error', FACTS_CACHE_MEGABYTES: '0', ...ownSecret(), ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** The secret of this run's databases. */
const ownSecret = (): Record<string, string> => {
  const secret = process.env['WUGANG_TEST_SECRET'];
  return secret === undefined ? {} : { WUGANG_SECRET_KEY: secret };
};

/** The last line of a command's output as JSON. */
export const jsonOf = <T>({ stdout, stderr }: CliRun): T => {
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`no JSON in the output: ${stdout}\n${stderr}`);
  return JSON.parse(line) as T;
};
