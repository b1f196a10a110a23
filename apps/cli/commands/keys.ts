import type { Command } from 'commander';
import pg from 'pg';
import { openVault } from '#libs/persistence/key-ring.js';
import { rotateKeys } from '#libs/persistence/rotate-keys.js';
import { readConfig } from '#libs/platform/config.js';
import { openDatabase } from '#libs/platform/database.js';
import { CommandFailed, printJson, startProgress } from '../output.js';

export function addKeys(wugang: Command): void {
  wugang
    .command('keys')
    .description('the keys that encrypt personal data')
    .command('rotate')
    .description('seal everything under a new key while the service runs, then destroy the key before it')
    .option('--grace <seconds>', 'how long running processes are given to learn the new key', '10')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nStopped half-way, the same command goes on.\n\nExample:\n  wugang keys rotate --json')
    .action(rotate);
}

async function rotate({ grace, json }: { grace: string; json?: true }): Promise<void> {
  const graceSeconds = Number(grace);
  if (!Number.isInteger(graceSeconds) || graceSeconds < 6 || graceSeconds > 3600)
    throw new CommandFailed(`--grace ${grace}: whole seconds, 6 to 3600`);
  const database = await openDatabase(readConfig(process.env));
  const owner = new pg.Client(database.ownerUrl);
  const progress = startProgress();
  try {
    await owner.connect();
    const vault = await openVault(owner, database.secret);
    const rotated = await rotateKeys(owner, vault, {
      graceSeconds,
      onProgress: (done, total) => progress.update(done, total, 'sealing'),
    });
    progress.stop();
    if (json === true) printJson(rotated);
    else
      process.stdout.write(
        `${rotated.sealed} values are sealed under key ${rotated.key}; destroyed: ${rotated.destroyed.join(', ')}\n`,
      );
  } finally {
    progress.stop();
    await owner.end();
    await database.stop();
  }
}
