import type { Command } from 'commander';
import { ParityBroken, runParity } from '#libs/bulk/parity/run-parity.js';
import { readConfig } from '#libs/platform/config.js';
import { CommandFailed, printJson, startProgress } from '../output.js';
import { openScratchDatabase } from '../scratch-database.js';

export function addRulesParity(rules: Command): void {
  rules
    .command('parity')
    .description('hold the live path, DuckDB, PostgreSQL and a naive reading together over random rules and facts')
    .option('--cases <n>', 'at least so many cases, a case being one rule over one set of facts', '100000')
    .option('--seed <n>', 'seed of the random rules and facts', '1')
    .option('--json', 'print the counts as JSON')
    .addHelpText('after', '\nExample:\n  wugang rules parity --cases 100000 --json')
    .action(async ({ cases, seed, json }: { cases: string; seed: string; json?: true }) => {
      const database = await openScratchDatabase(readConfig(process.env));
      const progress = startProgress();
      try {
        const result = await runParity({
          cases: Number(cases),
          seed: Number(seed),
          postgresUrl: database.ownerUrl,
          onProgress: (done, total) => progress.update(done, total, 'comparing'),
        }).catch((cause: unknown) => {
          throw cause instanceof ParityBroken ? new CommandFailed(cause.message) : cause;
        });
        progress.stop();
        if (json === true) printJson({ ...result, differences: 0 });
        else process.stdout.write(`${result.cases} cases, no path differs: ${JSON.stringify(result)}\n`);
      } finally {
        progress.stop();
        await database.stop();
      }
    });
}
