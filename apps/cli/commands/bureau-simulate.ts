import { resolve } from 'node:path';
import type { Command } from 'commander';
import { civilDateOf } from '#libs/domain/civil-date.js';
import { readBureauHistories } from '#libs/persistence/import/bureau-histories.js';
import { startBureauSimulator } from '#libs/platform/bureau/simulator.js';
import { systemClock } from '#libs/platform/clock.js';
import { printJson } from '../output.js';
import { readMapping } from '../read-mapping.js';
import { untilInterrupted } from '../until-interrupted.js';

interface SimulateOptions {
  mapping: string;
  from: string;
  port: string;
  json?: true;
}

export function addBureauSimulate(bureau: Command): void {
  bureau
    .command('simulate')
    .description('serve bureau reports over HTTP from the histories of a mapped export')
    .requiredOption('--mapping <file>', 'mapping with bureauReport records')
    .requiredOption('--from <folder>', 'folder of the exported files')
    .option('--port <port>', 'port to listen on; 0 takes a free one', '3900')
    .option('--json', 'print address and number of histories as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  wugang bureau simulate --mapping test/golden/bureau/mapping.json --from ./bureau --port 3900\n  BUREAU_URL=http://127.0.0.1:3900 npm start',
    )
    .action(async (options: SimulateOptions) => {
      const histories = await readBureauHistories(await readMapping(options.mapping), resolve(options.from));
      const simulator = await startBureauSimulator({
        port: Number(options.port),
        today: () => civilDateOf(systemClock.now()),
        history: (identityNumber) => histories.get(identityNumber),
      });
      const { url } = simulator;
      if (options.json === true) printJson({ url, histories: histories.size });
      else
        process.stdout.write(`credit bureau simulated at ${url} with ${histories.size} histories; Ctrl-C stops it\n`);
      await untilInterrupted();
      await simulator.stop();
    });
}
