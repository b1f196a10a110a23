import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Duck } from '#libs/bulk/duck.js';
import { fromJsonLines, KEPT_COLUMNS } from '#libs/bulk/raw-facts.js';
import { admittedBy, namesNobody, type TypedFacts, typedFromParquet, writeParquet } from '#libs/bulk/typed-facts.js';
import { gatherToFile } from '#libs/persistence/facts/gather-to-file.js';
import { createPool } from '#libs/persistence/pool.js';
import type { Config } from '#libs/platform/config.js';
import { codeHash, hashOfFile } from '#libs/platform/kept-files/hash-of-files.js';
import { openKeptFacts } from '#libs/platform/kept-files/open-kept-facts.js';
import { defaultBookFolder, type LoadedBook, loadBook } from '#libs/platform/load-book.js';
import { installationSecret } from '#libs/platform/secret.js';
import { contentHash } from '#libs/rules/content-hash.js';
import { importPortfolio, type PortfolioSource } from '../../import-portfolio.js';
import { type Progress, warn } from '../../output.js';
import { openScratchDatabase } from '../../scratch-database.js';
import type { ImpactInput } from './options.js';

export const tellNotKept = ({ message }: { readonly message: string }): void =>
  warn(`facts are not kept for the next run: ${message}`);

/** The facts of a portfolio, ready to be decided: kept ones where the same files were taken in before, by the same code. */
export async function portfolioFacts(
  duck: Duck,
  folder: string,
  config: Config,
  portfolio: PortfolioSource,
  { to }: Pick<ImpactInput, 'to'>,
  progress: Progress,
): Promise<TypedFacts> {
  const kept = openKeptFacts(config, await installationSecret(config), tellNotKept);
  const shipped = await loadBook(defaultBookFolder());
  const key = kept === null ? null : await keyOf(duck, portfolio, to, shipped);
  const file = join(folder, 'facts.parquet');
  if (kept !== null && key !== null && (await kept.fetch(key, file))) return typedFromParquet(file);
  const lines = join(folder, 'facts.jsonl');
  await gather(config, portfolio, to, shipped, lines, progress);
  await writeParquet(duck, fromJsonLines(lines), KEPT_COLUMNS, file);
  await rm(lines);
  if (kept !== null && key !== null)
    if (await namesNobody(duck, file)) await kept.keep(key, file);
    else tellNotKept({ message: 'a reference has the form of an identity number' });
  return typedFromParquet(file);
}

/** Null where a file cannot be read: whoever imports it tells what is wrong. */
async function keyOf(
  duck: Duck,
  { mapping, from }: PortfolioSource,
  asOf: string,
  { book, parameters }: LoadedBook,
): Promise<string | null> {
  const names = [...new Set(Object.values(mapping.sources).map(({ file }) => file))].sort();
  try {
    const files: [string, string][] = [];
    for (const name of names) files.push([name, await hashOfFile(resolve(from, name))]);
    const by = { code: await codeHash(), admitted: await admittedBy(duck), book: book.hash, parameters };
    return contentHash({ portfolio: mapping, asOf, files, by });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== undefined) return null;
    throw cause;
  }
}

/** Takes the files into a scratch database and gathers the facts of each application. */
async function gather(
  config: Config,
  portfolio: PortfolioSource,
  asOf: ImpactInput['to'],
  shipped: LoadedBook,
  file: string,
  progress: Progress,
): Promise<void> {
  const database = await openScratchDatabase(config);
  try {
    const { unionId } = await importPortfolio(database, portfolio, asOf, shipped, progress);
    const pool = createPool(database.appUrl, 1);
    const onProgress = (done: number, total: number) => progress.update(done, total, 'gathering');
    await gatherToFile(pool, { unionId, asOf, onProgress }, file).finally(() => pool.end());
  } finally {
    await database.stop();
  }
}
