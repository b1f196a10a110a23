import { Command } from 'commander';
import { NothingToSweep } from '#libs/bulk/impact/sweep-file.js';
import { ConfigInvalid } from '#libs/platform/config.js';
import { TableUnreadable } from '#libs/platform/csv/read-table.js';
import { DatabaseUnavailable } from '#libs/platform/database.js';
import { BookUnreadable } from '#libs/platform/load-book.js';
import { QueueUnavailable } from '#libs/queue/assert-redis-answers.js';
import { addAudit } from './commands/audit.js';
import { addBench } from './commands/bench.js';
import { addBureauSimulate } from './commands/bureau-simulate.js';
import { addDemo } from './commands/demo.js';
import { addGateBatch } from './commands/gate-batch.js';
import { addGenerate } from './commands/generate.js';
import { addImport } from './commands/import.js';
import { addKeys } from './commands/keys.js';
import { addReplay } from './commands/replay.js';
import { addRules } from './commands/rules.js';
import { addServe } from './commands/serve.js';
import { addUser } from './commands/user.js';
import { addVerify } from './commands/verify.js';
import { addWorker } from './commands/worker.js';
import { CommandFailed, printFaults } from './output.js';

function program(): Command {
  const wugang = new Command('wugang')
    .description('五岗: the gate every new loan passes before money moves')
    .showHelpAfterError();
  addServe(wugang);
  addWorker(wugang);
  addDemo(wugang);
  addImport(wugang);
  addRules(wugang);
  addReplay(wugang);
  addAudit(wugang);
  addUser(wugang);
  addKeys(wugang);
  addVerify(wugang);
  addBench(wugang);
  addGenerate(wugang);
  addGateBatch(wugang.command('gate').description('decide applications'));
  addBureauSimulate(wugang.command('bureau').description('the credit bureau'));
  return wugang;
}

/** Runs one command. Foreseen failures print one line and exit with 1; anything else is a fault and shows its stack. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await program().parseAsync(argv);
  } catch (cause) {
    if (cause instanceof TableUnreadable || cause instanceof BookUnreadable || cause instanceof CommandFailed) {
      process.stderr.write(`wugang: ${cause instanceof CommandFailed ? cause.message : 'the input has faults'}\n`);
      printFaults(cause.faults);
    } else if (
      cause instanceof DatabaseUnavailable ||
      cause instanceof ConfigInvalid ||
      cause instanceof NothingToSweep ||
      cause instanceof QueueUnavailable
    ) {
      process.stderr.write(`wugang: ${cause.message}\n`);
    } else {
      process.stderr.write(`wugang: unexpected fault\n${cause instanceof Error ? cause.stack : String(cause)}\n`);
    }
    process.exitCode = 1;
  }
}
