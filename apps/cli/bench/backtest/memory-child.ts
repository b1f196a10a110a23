import { join } from 'node:path';
import { BULK_MEMORY_MEGABYTES, Duck } from '#libs/bulk/duck.js';
import type { CivilDate } from '#libs/domain/civil-date.js';
import { defaultBookFolder, loadBook } from '#libs/platform/load-book.js';
import { planDecision } from '#libs/rules/sql/decide-select.js';
import { quoteText } from '#libs/rules/sql/dialect.js';
import { benchRules, compiledRules } from './bench-rules.js';
import { generatedFacts } from './generated-facts.js';

/** What the parent asks: so many rows by so many rules in a folder. */
export interface MemoryQuestion {
  readonly rows: number;
  readonly rules: number;
  readonly on: CivilDate;
  readonly folder: string;
}

export interface MemoryAnswer {
  readonly seconds: number;
  /** The most that the process ever had in memory. */
  readonly peakMegabytes: number;
}

async function decideAll({ rows, rules: count, on, folder }: MemoryQuestion): Promise<MemoryAnswer> {
  const rules = benchRules(await loadBook(defaultBookFolder()), count, on);
  const file = quoteText(join(folder, 'facts.parquet'));
  const duck = await Duck.open({ memoryMegabytes: BULK_MEMORY_MEGABYTES, spillTo: folder });
  await duck.run(
    `copy (${generatedFacts(
      rules.map(({ rule }) => rule),
      rows,
    )}) to ${file} (format parquet)`,
  );
  const started = performance.now();
  const plan = planDecision([{ level: 'level', compiled: compiledRules(rules, on) }]);
  await duck.run(`create table decided as ${plan.select(`read_parquet(${file})`, ['id'])}`);
  const seconds = Number(((performance.now() - started) / 1000).toFixed(1));
  const [counted] = await duck.rows<{ rows: number }>('select count(*)::int as rows from decided');
  if (counted?.rows !== rows) throw new Error(`bench: ${counted?.rows} of ${rows} rows were decided`);
  duck.close();
  return { seconds, peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) };
}

process.once('message', (question: MemoryQuestion) => {
  decideAll(question).then(
    (answer) => process.send?.(answer, () => process.disconnect()),
    (cause: unknown) => {
      process.stderr.write(`${cause}\n`);
      process.exit(1);
    },
  );
});
