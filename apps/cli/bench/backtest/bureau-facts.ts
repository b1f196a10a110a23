import { join } from 'node:path';
import { columnsRead } from '#libs/bulk/decide-facts.js';
import type { Duck } from '#libs/bulk/duck.js';
import { fromJsonLines } from '#libs/bulk/raw-facts.js';
import type { CivilDate } from '#libs/domain/civil-date.js';
import { gatherToFile } from '#libs/persistence/facts/gather-to-file.js';
import { createPool } from '#libs/persistence/pool.js';
import type { OpenDatabase } from '#libs/platform/database.js';
import type { LoadedBook } from '#libs/platform/load-book.js';
import { inTemporaryFolder } from '#libs/platform/temporary-folder.js';
import type { Rule } from '#libs/rules/rule-format.js';
import { admitSelect } from '#libs/rules/sql/admit-select.js';
import { quoteName } from '#libs/rules/sql/dialect.js';
import { importPortfolio, type PortfolioSource } from '../../import-portfolio.js';
import type { Progress } from '../../output.js';

export interface BureauRequest {
  readonly source: PortfolioSource;
  readonly loaded: LoadedBook;
  readonly on: CivilDate;
  readonly progress: Progress;
}

/** Imports a portfolio, gathers what is known of it and admits that into the table `bureau`, with `id` from 0. */
export async function bureauFacts(
  duck: Duck,
  database: OpenDatabase,
  rules: readonly Rule[],
  { source, loaded, on, progress }: BureauRequest,
): Promise<void> {
  const { unionId } = await importPortfolio(database, source, on, loaded, progress);
  await inTemporaryFolder(async (folder) => {
    const file = join(folder, 'facts.jsonl');
    const pool = createPool(database.appUrl, 1);
    await gatherToFile(pool, { unionId, asOf: on }, file).finally(() => pool.end());
    const columns = columnsRead(rules);
    const typed = admitSelect(columns, fromJsonLines(file), ['id as line']);
    const names = columns.map(({ column }) => quoteName(column)).join(', ');
    await duck.run(
      `create table bureau as select row_number() over (order by line) - 1 as id, ${names} from (${typed})`,
    );
  });
}
