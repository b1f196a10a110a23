import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import pg from 'pg';
import type { Mapping } from '#libs/contracts/import/mapping.js';
import type { CivilDate } from '#libs/domain/civil-date.js';
import { createUnion } from '#libs/persistence/create-union.js';
import type { ImportReport } from '#libs/persistence/import/import-request.js';
import { runImport } from '#libs/persistence/import/run-import.js';
import { openVault } from '#libs/persistence/key-ring.js';
import { createPool, inUnion } from '#libs/persistence/pool.js';
import { wholeUnion } from '#libs/persistence/scope.js';
import { sealAccountNumbers } from '#libs/persistence/seal-account-numbers.js';
import { systemClock, systemIds } from '#libs/platform/clock.js';
import type { OpenDatabase } from '#libs/platform/database.js';
import type { LoadedBook } from '#libs/platform/load-book.js';
import type { Progress } from './output.js';

export interface PortfolioSource {
  readonly mapping: Mapping;
  readonly from: string;
}

/** Founds the mapping's union where it is new and takes the exports in, in one transaction. */
export async function importPortfolio(
  database: OpenDatabase,
  source: PortfolioSource,
  asOf: CivilDate,
  loaded: LoadedBook,
  progress: Progress,
): Promise<{ unionId: string; report: ImportReport }> {
  const { mapping } = source;
  const pool = createPool(database.appUrl, 1);
  try {
    const vault = await openVault(pool, database.secret);
    const tools = { clock: systemClock, ids: systemIds, vault };
    const unionId = await createUnion(database.ownerUrl, mapping.union, loaded, tools);
    await sealAccountNumbers(pool, vault);
    const request = {
      mapping,
      folder: resolve(source.from),
      unionId,
      asOf,
      actorName: `command line: ${userInfo().username}`,
      onProgress: (kind: string, lines: number) => progress.update(lines, lines, `importing ${kind}`),
    };
    const report = await inUnion(pool, wholeUnion(unionId), (sql) => runImport(sql, request, tools));
    await analyse(database.ownerUrl);
    return { unionId, report };
  } finally {
    await pool.end();
  }
}

/** Fresh statistics, so that the planner looks up by index what a bulk load has just filled. */
async function analyse(ownerUrl: string): Promise<void> {
  const owner = new pg.Client(ownerUrl);
  await owner.connect();
  await owner.query('analyze');
  await owner.end();
}
