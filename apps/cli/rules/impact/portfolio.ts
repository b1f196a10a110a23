import { join } from 'node:path';
import { Duck } from '#libs/bulk/duck.js';
import { runShard } from '#libs/bulk/impact/run-shard.js';
import { sweepFile } from '#libs/bulk/impact/sweep-file.js';
import { fromJsonLines } from '#libs/bulk/raw-facts.js';
import { gatherToFile } from '#libs/persistence/facts/gather-to-file.js';
import { createPool } from '#libs/persistence/pool.js';
import { readConfig } from '#libs/platform/config.js';
import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import { inTemporaryFolder } from '#libs/platform/temporary-folder.js';
import { importPortfolio } from '../../import-portfolio.js';
import { CommandFailed, type Progress } from '../../output.js';
import { openScratchDatabase } from '../../scratch-database.js';
import type { ImpactInput } from './options.js';
import { policyOf, requestOf } from './policies.js';
import { type ImpactReport, openChanged, reportOf } from './report.js';

/** Imports a portfolio into a scratch database and runs both policies over each of its applications. */
export async function overPortfolio(input: ImpactInput, progress: Progress): Promise<ImpactReport> {
  const { portfolio, before, to } = input;
  if (portfolio === null || before === null) throw new CommandFailed('there is no portfolio');
  const request = requestOf(input, policyOf(before, input.on));
  const database = await openScratchDatabase(readConfig(process.env));
  try {
    const shipped = await loadBook(defaultBookFolder());
    const { unionId } = await importPortfolio(database, portfolio, to, shipped, progress);
    const started = performance.now();
    return await inTemporaryFolder(async (folder) => {
      const file = join(folder, 'facts.jsonl');
      const pool = createPool(database.appUrl, 1);
      const onProgress = (done: number, total: number) => progress.update(done, total, 'gathering');
      await gatherToFile(pool, { unionId, asOf: to, onProgress }, file).finally(() => pool.end());
      const duck = await Duck.open({ spillTo: folder });
      const changed = await openChanged(input.out);
      try {
        const tally = await runShard(duck, fromJsonLines(file), request, (one) => changed.write(one));
        const swept = input.sweep === null ? null : await sweepFile(duck, fromJsonLines(file), request, input.sweep);
        await changed.end();
        return await reportOf(input.out, tally, swept, changed, secondsSince(started));
      } finally {
        duck.close();
      }
    });
  } finally {
    await database.stop();
  }
}

export const secondsSince = (started: number): number => Number(((performance.now() - started) / 1000).toFixed(3));
