import type { Command } from 'commander';
import { startWorker } from '#apps/worker/start-worker.js';
import { readConfig } from '#libs/platform/config.js';
import { openDatabase } from '#libs/platform/database.js';
import { createLogger } from '#libs/platform/logger.js';
import { printJson } from '../output.js';
import { startServices } from '../start-services.js';
import { Started } from '../started.js';
import { untilInterrupted } from '../until-interrupted.js';

export function addWorker(wugang: Command): void {
  wugang
    .command('worker')
    .description('run jobs, the seals of the audit trail and the daily sweep alone, beside `wugang serve --no-worker`')
    .option('--demo', 'ask a simulated credit bureau where none is set')
    .option('--json', 'say that it runs as JSON')
    .addHelpText('after', '\nExample:\n  DATABASE_URL=postgresql://owner:secret@db/wugang wugang worker')
    .action(worker);
}

async function worker(options: { demo?: true; json?: true }): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  const interrupted = untilInterrupted();
  const started = new Started();
  try {
    const database = await openDatabase(config);
    started.onStop(() => database.stop());
    const services = await startServices(config, database, logger, options.demo === true, started);
    const running = await startWorker(services, { redisUrl: config.redisUrl, queueUrl: database.queueUrl }, logger);
    started.onStop(() => running.stop());
    if (options.json === true) printJson({ worker: 'runs' });
    else process.stdout.write('The worker runs. Ctrl-C stops it.\n');
    await interrupted;
  } finally {
    await started.stopAll();
  }
}
