import type { Command } from 'commander';
import { readConfig } from '#libs/platform/config.js';
import { gateBench } from '../bench/gate-bench.js';
import { printJson, startProgress } from '../output.js';
import { openScratchDatabase } from '../scratch-database.js';

export function addBench(wugang: Command): void {
  const bench = wugang.command('bench').description('measure the product against the bare work in one run');
  bench
    .command('gate')
    .description('live intake decisions against bare pg that sends the same statements in the same transactions')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  wugang bench gate --json')
    .action(async ({ json }: { json?: true }) => {
      const database = await openScratchDatabase(readConfig(process.env));
      const progress = startProgress();
      try {
        const result = await gateBench(database, progress);
        progress.stop();
        if (json === true) printJson(result);
        else
          for (const [figure, value] of Object.entries(result)) process.stdout.write(`${figure.padEnd(18)} ${value}\n`);
      } finally {
        progress.stop();
        await database.stop();
      }
    });
}
