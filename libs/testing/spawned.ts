import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../platform/project-root.js';
import type { CliRun } from './run-cli.js';

const UP_WITHIN_MS = 90_000;

/** A command that runs until it is stopped, in a process of its own. */
export class Spawned {
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

  /** A `wugang` command. */
  static start(args: readonly string[], env: Readonly<Record<string, string>>): Spawned {
    return Spawned.script('bin/wugang.mjs', args, env);
  }

  /** A script of the project. */
  static script(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Spawned {
    const child = spawn(process.execPath, [join(projectRoot(), file), ...args], {
      cwd: projectRoot(),
      env: { ...process.env, NODE_OPTIONS: '', ...env },
    });
    return new Spawned(child);
  }

  /** What it printed that matches, as soon as it does. Throws where it ends before. */
  async printed(wanted: RegExp): Promise<string> {
    const until = Date.now() + UP_WITHIN_MS;
    while (Date.now() < until && this.child.exitCode === null) {
      const found = wanted.exec(this.stdout);
      if (found !== null) return found[1] ?? found[0];
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`it did not print ${wanted}: ${this.stdout}${this.stderr}`);
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
