import { BULK_MEMORY_MEGABYTES, Duck } from '#libs/bulk/duck.js';
import { runShard } from '#libs/bulk/impact/run-shard.js';
import { sweepFile } from '#libs/bulk/impact/sweep-file.js';
import { readConfig } from '#libs/platform/config.js';
import { inTemporaryFolder } from '#libs/platform/temporary-folder.js';
import { CommandFailed, type Progress } from '../../output.js';
import type { ImpactInput } from './options.js';
import { policyOf, requestOf } from './policies.js';
import { portfolioFacts } from './portfolio-facts.js';
import { type ImpactReport, openChanged, reportOf } from './report.js';

/** Runs both policies over each application of a portfolio. */
export async function overPortfolio(input: ImpactInput, progress: Progress): Promise<ImpactReport> {
  const { portfolio, before } = input;
  if (portfolio === null || before === null) throw new CommandFailed('there is no portfolio');
  const request = requestOf(input, policyOf(before, input.on));
  const started = performance.now();
  return inTemporaryFolder(async (folder) => {
    const duck = await Duck.open({ memoryMegabytes: BULK_MEMORY_MEGABYTES, spillTo: folder });
    try {
      const facts = await portfolioFacts(duck, folder, readConfig(process.env), portfolio, input, progress);
      const changed = await openChanged(input.out);
      const tally = await runShard(duck, facts, request, (one) => changed.write(one));
      const swept = input.sweep === null ? null : await sweepFile(duck, facts, request, input.sweep);
      await changed.end();
      return await reportOf(input.out, tally, swept, changed, secondsSince(started));
    } finally {
      duck.close();
    }
  });
}

export const secondsSince = (started: number): number => Number(((performance.now() - started) / 1000).toFixed(3));
