import { join } from 'node:path';
import type { Pool } from 'pg';
import { decideFacts } from '../bulk/decide-facts.js';
import { BULK_MEMORY_MEGABYTES, Duck } from '../bulk/duck.js';
import { decidedRows, redecide, sampleOf } from '../bulk/live-sample.js';
import { fromJsonLines } from '../bulk/raw-facts.js';
import type { CivilDate } from '../domain/civil-date.js';
import { VERDICTS, type Verdict } from '../domain/verdict.js';
import type { LoadedBook } from '../platform/load-book.js';
import { inTemporaryFolder } from '../platform/temporary-folder.js';
import { NoRulesInForce, type Outcome } from '../rules/evaluate.js';
import { Gates } from '../rules/gates.js';
import { parametersInForce } from '../rules/parameters.js';
import type { Checkpoint } from '../rules/rule-format.js';
import { compileBook, DIALECTS } from '../rules/sql/compile-book.js';
import { type AnswerPlace, planDecision } from '../rules/sql/decide-select.js';
import { gatherToFile } from './facts/gather-to-file.js';

export interface BatchRequest {
  readonly unionId: string;
  readonly asOf: CivilDate;
  readonly checkpoint: Checkpoint;
  /** Only these rules; all of the book where left out. */
  readonly rules?: ReadonlySet<string>;
  readonly onProgress?: (done: number, total: number) => void;
  /** Each decided application with its outcome, in the order of the applications. */
  readonly onDecided?: (ref: string, outcome: Outcome) => void;
}

export interface BatchResult {
  readonly applications: number;
  readonly findings: Record<string, number>;
  /** Counted by worst verdict; WARN is there only where some application has no worse. */
  readonly verdicts: Partial<Record<Verdict, number>>;
  /** How many of them the live path decided again, with the same answer. */
  readonly redecided: number;
}

/**
 * Decides every application of a union as of a day. Facts are gathered set-wise by PostgreSQL, the book runs as SQL; a
 * sample is decided again by the live path, and all of them where each outcome is asked for. Throws BulkDiffers where the
 * two differ, NoRulesInForce where an application has no rule to be asked of.
 */
export async function batchGate(pool: Pool, loaded: LoadedBook, request: BatchRequest): Promise<BatchResult> {
  const { asOf, checkpoint, rules: only, onDecided } = request;
  const parameters = parametersInForce(loaded.parameters, asOf);
  const compiled = compileBook(loaded.book.rules, {
    dialect: DIALECTS.duckdb,
    parameters,
    checkpoint,
    on: asOf,
    ...(only === undefined ? {} : { only }),
  });
  if (compiled.length === 0) throw new NoRulesInForce();
  const plan = planDecision([{ level: 'level', compiled }]);
  const places = plan.places[0] ?? [];
  const gates = new Gates();
  return inTemporaryFolder(async (folder) => {
    const file = join(folder, 'facts.jsonl');
    await gatherToFile(pool, request, file);
    const duck = await Duck.open({ memoryMegabytes: BULK_MEMORY_MEGABYTES, spillTo: folder });
    try {
      await decideFacts(duck, fromJsonLines(file), plan);
      const again = onDecided === undefined ? await sampleOf(duck, fromJsonLines(file)) : fromJsonLines(file);
      let redecided = 0;
      for await (const row of decidedRows(duck, again, 'level', places)) {
        const gate = gates.gate(loaded.book, parameters, checkpoint, row.product, asOf, only);
        const outcome = await redecide(row, gate);
        onDecided?.(row.ref, outcome);
        redecided += 1;
      }
      return { ...(await counted(duck, places)), redecided };
    } finally {
      duck.close();
    }
  });
}

async function counted(duck: Duck, places: readonly AnswerPlace[]): Promise<Omit<BatchResult, 'redecided'>> {
  const counts = places.map(({ answer }, index) => `count(*) filter ("${answer}" is distinct from false) as r${index}`);
  const levels = VERDICTS.map((verdict, level) => `count(*) filter (level = ${level}) as "${verdict}"`);
  const [row = {}] = await duck.rows<Record<string, bigint>>(
    `select count(*) as applications, ${[...levels, ...counts].join(', ')} from decided`,
  );
  const verdicts: Partial<Record<Verdict, number>> = {};
  for (const verdict of ['BLOCK', 'REFER', 'PASS', 'WARN'] as const) {
    const count = Number(row[verdict] ?? 0);
    if (verdict !== 'WARN' || count > 0) verdicts[verdict] = count;
  }
  const findings = Object.fromEntries(places.map(({ rule }, index) => [rule.id, Number(row[`r${index}`] ?? 0)]));
  return { applications: Number(row['applications'] ?? 0), findings, verdicts };
}
