import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../platform/project-root.js';
import type { CliRun } from './run-cli.js';

const UP_WITHIN_MS = 90_000;

/** `wugang serve` in a process of its own. */
export class Served {
  private stdout = '';
  private stderr = '';
  private readonly ended: Promise<CliRun>;

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => {
      this.stdout += chunk.toString();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    this.ended = new Promise((resolve) => {
      child.once('close', (code) => resolve({ code, stdout: this.stdout, stderr: this.stderr }));
    });
  }

  static start(args: readonly string[], env: Readonly<Record<string, string>>): Served {
    const child = spawn(process.execPath, [join(projectRoot(), 'bin/wugang.mjs'), 'serve', ...args], {
      cwd: projectRoot(),
      env: { ...process.env, NODE_OPTIONS: '', PORT: '0', ...env },
    });
    return new Served(child);
  }

  /** The address that it prints when it serves. Throws where it ends before. */
  async address(): Promise<string> {
    const until = Date.now() + UP_WITHIN_MS;
    while (Date.now() < until) {
      const url = /serves at (http:\S+)/.exec(this.stdout)?.[1];
      if (url !== undefined && this.stdout.includes('Ctrl-C')) return url;
      if (this.child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`it does not serve: ${this.stdout}${this.stderr}`);
  }

  /** How it ended by itself. */
  end(): Promise<CliRun> {
    return this.ended;
  }

  /** Ctrl-C. */
  stop(signal: NodeJS.Signals = 'SIGINT'): Promise<CliRun> {
    this.child.kill(signal);
    return this.ended;
  }
}
