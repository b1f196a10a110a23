import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { readConfig } from '#libs/platform/config.js';
import { projectRoot } from '#libs/platform/project-root.js';
import type { PortfolioSource } from '../../import-portfolio.js';
import { CommandFailed, printFigures, startProgress } from '../../output.js';
import { readMapping } from '../../read-mapping.js';
import { backtest } from './backtest.js';

interface Options {
  rounds: string;
  rows: string;
  memoryRows: string;
  decisions: string;
  mapping: string;
  from: string;
  json?: true;
}

const WITHOUT_BUREAU = (folder: string): string => `no bureau reports in ${folder}: that part is left out\n`;

export function addBacktest(bench: Command): void {
  bench
    .command('backtest')
    .description('the rule book as SQL against other engines and a loop written by hand; its memory; an impact run')
    .option('--rounds <n>', 'turns to take the median of', '5')
    .option('--rows <n>', 'made-up cases that the engines decide', '1000000')
    .option('--memory-rows <n>', 'made-up cases that are decided for the memory they take', '10000000')
    .option('--decisions <n>', 'past decisions of the impact run', '1000000')
    .option(
      '--mapping <file>',
      'mapping of a portfolio of bureau reports',
      join(projectRoot(), 'test/golden/bureau/mapping.json'),
    )
    .option('--from <folder>', 'folder of its exported files', join(projectRoot(), '../shared/data/bureau'))
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nTakes some minutes and ten gigabytes of disk for a million past decisions.\n\nExample:\n  wugang bench backtest --json',
    )
    .action(async (options: Options) => {
      const progress = startProgress();
      try {
        const result = await backtest(readConfig(process.env), progress, {
          rounds: count(options.rounds, 'rounds'),
          rows: count(options.rows, 'rows'),
          memoryRows: count(options.memoryRows, 'memory-rows'),
          pastDecisions: count(options.decisions, 'decisions'),
          bureau: await bureauOf(options),
        });
        progress.stop();
        printFigures(result, options.json);
      } finally {
        progress.stop();
      }
    });
}

function count(text: string, name: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new CommandFailed(`--${name} ${text} is no count`);
  return value;
}

async function bureauOf({ mapping, from }: Options): Promise<PortfolioSource | null> {
  if (existsSync(from)) return { mapping: await readMapping(mapping), from };
  process.stderr.write(WITHOUT_BUREAU(from));
  return null;
}
