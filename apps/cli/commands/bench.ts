import type { Command } from 'commander';
import { readConfig } from '#libs/platform/config.js';
import { addBacktest } from '../bench/backtest/command.js';
import { DEFAULT_ROUNDS, gateBench } from '../bench/gate-bench.js';
import { printFigures, startProgress } from '../output.js';
import { openScratchDatabase } from '../scratch-database.js';

interface BenchOptions {
  json?: true;
  rounds: string;
  applications?: string;
}

export function addBench(wugang: Command): void {
  const bench = wugang.command('bench').description('measure the product against the bare work in one run');
  bench
    .command('gate')
    .description('live intake decisions against bare pg that sends the same statements in the same transactions')
    .option('--rounds <n>', 'turns to take the median of', String(DEFAULT_ROUNDS))
    .option('--applications <n>', 'at most so many applications in each turn')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  wugang bench gate --json')
    .action(async ({ json, rounds, applications }: BenchOptions) => {
      const database = await openScratchDatabase(readConfig(process.env));
      const progress = startProgress();
      try {
        const result = await gateBench(database, progress, {
          rounds: Number(rounds),
          ...(applications === undefined ? {} : { most: Number(applications) }),
        });
        progress.stop();
        printFigures(result, json);
      } finally {
        progress.stop();
        await database.stop();
      }
    });
  addBacktest(bench);
}
