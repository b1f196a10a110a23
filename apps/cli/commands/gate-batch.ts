import type { WriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Command } from 'commander';
import { parseCivilDate } from '#libs/domain/civil-date.js';
import { type BatchResult, batchGate } from '#libs/persistence/batch-gate.js';
import type { ImportReport } from '#libs/persistence/import/import-request.js';
import { createPool } from '#libs/persistence/pool.js';
import { readConfig } from '#libs/platform/config.js';
import { openDatabase } from '#libs/platform/database.js';
import { defaultBookFolder, type LoadedBook, loadBook } from '#libs/platform/load-book.js';
import { CHECKPOINTS, type Checkpoint } from '#libs/rules/rule-format.js';
import { importPortfolio } from '../import-portfolio.js';
import { CommandFailed, printJson, startProgress } from '../output.js';
import { readMapping } from '../read-mapping.js';
import { printRefused } from '../refused.js';
import { openScratchDatabase } from '../scratch-database.js';

interface BatchOptions {
  mapping: string;
  from: string;
  asOf: string;
  checkpoint: string;
  rules?: string;
  book?: string;
  database?: string;
  out?: string;
  json?: true;
}

const EXAMPLES = `
Examples:
  wugang gate batch --mapping mapping.json --from ./export --as-of 2026-11-01 --json
  wugang gate batch --mapping mapping.json --from ./export --as-of 2026-11-01 --rules npl-applicant,shared-payee --out decisions.jsonl`;

export function addGateBatch(gate: Command): void {
  gate
    .command('batch')
    .description('import a portfolio into a scratch database and run a checkpoint over each of its applications')
    .requiredOption('--mapping <file>', 'mapping of the export')
    .requiredOption('--from <folder>', 'folder of the exported files')
    .requiredOption('--as-of <date>', 'business date of the decisions, YYYY-MM-DD')
    .option('--checkpoint <name>', 'checkpoint whose rules are run', 'intake')
    .option('--rules <ids>', 'only these rules, by comma')
    .option('--book <folder>', 'rule book to decide by instead of the default one')
    .option('--database <url>', 'import into this database and leave the records there')
    .option('--out <file>', 'write one decision a line as JSON')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXAMPLES)
    .action(gateBatch);
}

async function gateBatch(options: BatchOptions): Promise<void> {
  const asOf = parseCivilDate(options.asOf);
  if (asOf === null) throw new CommandFailed(`--as-of ${options.asOf} is no date YYYY-MM-DD`);
  if (!CHECKPOINTS.includes(options.checkpoint as Checkpoint))
    throw new CommandFailed(`--checkpoint is one of ${CHECKPOINTS.join(', ')}`);
  const loaded = await loadBook(options.book === undefined ? defaultBookFolder() : resolve(options.book));
  const rules = chosenRules(options.rules, options.checkpoint as Checkpoint, loaded);
  const out = await openOutput(options.out);
  const source = { mapping: await readMapping(options.mapping), from: options.from };
  const config = readConfig(
    options.database === undefined ? process.env : { ...process.env, DATABASE_URL: options.database },
  );
  const database = await (options.database === undefined ? openScratchDatabase(config) : openDatabase(config));
  const progress = startProgress();
  try {
    const { unionId, report } = await importPortfolio(database, source, asOf, loaded, progress);
    const started = performance.now();
    const pool = createPool(database.appUrl, 2);
    const result = await batchGate(pool, loaded, {
      unionId,
      asOf,
      checkpoint: options.checkpoint as Checkpoint,
      ...(rules === undefined ? {} : { rules }),
      onProgress: (done, total) => progress.update(done, total, 'deciding'),
      ...(out === null
        ? {}
        : {
            onDecided: (ref, outcome) => void out.write(`${JSON.stringify({ application: ref, ...outcome })}\n`),
          }),
    }).finally(() => pool.end());
    const seconds = Number(((performance.now() - started) / 1000).toFixed(3));
    if (out !== null) await finished(out.end());
    progress.stop();
    show(result, seconds, report, options.json === true);
  } finally {
    progress.stop();
    await database.stop();
  }
}

/** The file for decisions, opened before any work is done. */
async function openOutput(path: string | undefined): Promise<WriteStream | null> {
  if (path === undefined) return null;
  const file = await open(resolve(path), 'w').catch((cause: Error) => {
    throw new CommandFailed(`--out ${path} cannot be written: ${cause.message}`);
  });
  return file.createWriteStream();
}

function chosenRules(
  text: string | undefined,
  checkpoint: Checkpoint,
  { book }: LoadedBook,
): ReadonlySet<string> | undefined {
  if (text === undefined) return undefined;
  const ids = text.split(',').map((id) => id.trim());
  const known = new Set(book.rules.filter((rule) => rule.checkpoint === checkpoint).map(({ id }) => id));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) throw new CommandFailed(`no rule ${unknown.join(', ')} at checkpoint ${checkpoint}`);
  return new Set(ids);
}

function show(result: BatchResult, seconds: number, report: ImportReport, json: boolean): void {
  if (json) {
    printJson({ ...result, seconds, refusedLines: report.refusedLines });
    if (report.refusedLines > 0) printRefused(report);
    return;
  }
  process.stdout.write(
    `${result.applications} applications decided in ${seconds} s, ${result.redecided} of them again by the live path\n`,
  );
  for (const [verdict, count] of Object.entries(result.verdicts))
    process.stdout.write(`  ${verdict.padEnd(6)} ${count}\n`);
  for (const [rule, count] of Object.entries(result.findings)) process.stdout.write(`  ${rule.padEnd(32)} ${count}\n`);
  printRefused(report);
}
