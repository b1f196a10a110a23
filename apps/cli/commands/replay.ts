import { type Command, Option } from 'commander';
import { BookStore } from '#libs/persistence/book-store.js';
import { createPool } from '#libs/persistence/pool.js';
import { type ReplayDifference, replayDecisions } from '#libs/persistence/replay.js';
import { systemIds } from '#libs/platform/clock.js';
import { readConfig } from '#libs/platform/config.js';
import { openDatabase } from '#libs/platform/database.js';
import { CommandFailed, printJson, startProgress } from '../output.js';

interface ReplayOptions {
  all?: true;
  decision?: string;
  json?: true;
}

export function addReplay(wugang: Command): void {
  wugang
    .command('replay')
    .description('re-make stored decisions under their own rule book and report every difference')
    .addOption(new Option('--all', 'every decision of every union').conflicts('decision'))
    .option('--decision <id>', 'one decision')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExamples:\n  wugang replay --all --json\n  wugang replay --decision 0199f3a2-…')
    .action(replay);
}

async function replay(options: ReplayOptions): Promise<void> {
  if (options.all !== true && options.decision === undefined) throw new CommandFailed('say --all or --decision ID');
  const database = await openDatabase(readConfig(process.env));
  const pool = createPool(database.appUrl, 2);
  const progress = startProgress();
  try {
    const unions = await pool.query<{ id: string }>('select id from county_union order by code');
    const books = new BookStore(pool, systemIds, null);
    const differing: ReplayDifference[] = [];
    let decisions = 0;
    for (const { id } of unions.rows) {
      const base = decisions;
      const result = await replayDecisions(pool, books, id, {
        ...(options.decision === undefined ? {} : { decisionId: options.decision }),
        onProgress: (done) => progress.update(base + done, base + done, 'replaying'),
      });
      decisions += result.decisions;
      differing.push(...result.differing);
    }
    progress.stop();
    if (options.decision !== undefined && decisions === 0) throw new CommandFailed(`no decision ${options.decision}`);
    show(decisions, differing, options.json === true);
  } finally {
    progress.stop();
    await pool.end();
    await database.stop();
  }
}

/** A decision that differs makes the command fail, so that a nightly run is noticed. */
function show(decisions: number, differing: readonly ReplayDifference[], json: boolean): void {
  const differences = new Set(differing.map(({ decisionId }) => decisionId)).size;
  if (json) printJson({ decisions, differences, ...(differences === 0 ? {} : { differing }) });
  else process.stdout.write(`${decisions} decisions re-made, ${differences} differ\n`);
  if (!json)
    for (const { decisionId, what, detail } of differing) process.stdout.write(`  ${decisionId} ${what}: ${detail}\n`);
  if (differences > 0) process.exitCode = 1;
}
