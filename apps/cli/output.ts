import cliProgress from 'cli-progress';
import type { Fault } from '#libs/domain/problem.js';

/** A failure that a command foresees: one line to standard error, and exit code 1. */
export class CommandFailed extends Error {
  constructor(
    message: string,
    readonly faults: readonly Fault[] = [],
  ) {
    super(message);
  }
}

export const printJson = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

/** Figures by name: as JSON, or one a line. */
export function printFigures(figures: object, json: boolean | undefined): void {
  if (json === true) printJson(figures);
  else
    for (const [name, value] of Object.entries(figures))
      process.stdout.write(`${name.padEnd(22)} ${typeof value === 'object' ? JSON.stringify(value) : value}\n`);
}

/** Said beside a result that stands nevertheless. */
export const warn = (text: string): void => void process.stderr.write(`wugang: ${text}\n`);

export const printFaults = (faults: readonly Fault[]): void => {
  for (const { path, code, text } of faults)
    process.stderr.write(`  ${path || '/'} [${code}] ${text.en} (${text.zh})\n`);
};

export interface Progress {
  update(done: number, total: number, what: string): void;
  stop(): void;
}

/** A bar on the terminal's standard error; nothing where that is no terminal. */
export function startProgress(): Progress {
  if (process.stderr.isTTY !== true) return { update: () => {}, stop: () => {} };
  const bar = new cliProgress.SingleBar(
    { format: '{what} [{bar}] {value}/{total}', stream: process.stderr },
    cliProgress.Presets.shades_classic,
  );
  let started = false;
  return {
    update(done, total, what) {
      if (!started) bar.start(total, done, { what });
      else {
        bar.setTotal(total);
        bar.update(done, { what });
      }
      started = true;
    },
    stop() {
      if (started) bar.stop();
    },
  };
}
