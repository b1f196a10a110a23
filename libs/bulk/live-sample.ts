import { VERDICTS, type Verdict } from '../domain/verdict.js';
import type { CheckpointGate, DecidedProduct, Outcome } from '../rules/evaluate.js';
import type { FactSet } from '../rules/fact-value.js';
import type { AnswerPlace } from '../rules/sql/decide-select.js';
import type { Duck } from './duck.js';
import { liveFindings, rowFindings } from './finding-text.js';

/** Of rows without a sample, the one with the smallest is decided again. */
export const SAMPLE_HASH = 'md5_number_lower(id)';

/** One row in 200 of a bulk run is decided again by the live path (0.5 percent): always the same ones, by their id. */
export const IN_SAMPLE = `${SAMPLE_HASH} % 200 = 0`;

/** A bulk run whose answer is not the live path's: nothing of the run is to be believed. */
export class BulkDiffers extends Error {
  constructor(id: string, live: string, bulk: string) {
    super(`${id}: the live path says ${live}, the bulk run ${bulk}`);
  }
}

export interface BulkRow {
  readonly id: string;
  readonly ref: string;
  readonly product: DecidedProduct;
  readonly businessDate: string;
  readonly facts: FactSet;
  readonly verdict: Verdict;
  /** Each finding as `rule:verdict`, marked where it was not judged or excepted. */
  readonly findings: readonly string[];
}

/** The rows of `decided` of which the raw relation has the facts, in the order of their ids. */
export async function* decidedRows(
  duck: Duck,
  raw: string,
  level: string,
  places: readonly AnswerPlace[],
): AsyncGenerator<BulkRow> {
  const answers = places.map(
    ({ answer, excepted }) =>
      `'${answer}', d."${answer}"${excepted === null ? '' : `, '${excepted}', d."${excepted}"`}`,
  );
  // DuckDB makes no object of nothing.
  const said = answers.length === 0 ? `'{}'` : `json_object(${answers.join(', ')})::varchar`;
  const rows = duck.stream(
    `select d.id, d.ref, d.product_code, d.category, strftime(d.business_date, '%Y-%m-%d'), d."${level}", r.facts::varchar, ${said}
     from decided d join ${raw} r using (id) order by d.id`,
  );
  for await (const [id, ref, code, category, on, verdict, facts, answered] of rows) {
    yield {
      id: String(id),
      ref: String(ref),
      product: { code: String(code), category: String(category) },
      businessDate: String(on),
      facts: JSON.parse(String(facts)) as FactSet,
      verdict: VERDICTS[Number(verdict)] ?? 'BLOCK',
      findings: rowFindings(places, JSON.parse(String(answered)) as Record<string, boolean | null>),
    };
  }
}

/** Decides a row again by the live path. Throws BulkDiffers where it says anything else. */
export async function redecide(row: BulkRow, gate: CheckpointGate): Promise<Outcome> {
  const outcome = await gate.decide(row.facts);
  const live = [outcome.verdict, ...liveFindings(outcome.findings)].join(' ');
  const bulk = [row.verdict, ...row.findings].join(' ');
  if (live !== bulk) throw new BulkDiffers(row.id, live, bulk);
  return outcome;
}

/**
 * Takes the sample of a raw relation into a table of its own, so that its file is read once, and gives the table's name. A run too
 * small for one in 200 has the row with the smallest hash decided again: no run goes without.
 */
export async function sampleOf(duck: Duck, raw: string): Promise<string> {
  await duck.run(`create or replace table sampled as select id, facts from ${raw} where ${IN_SAMPLE}`);
  const [sampled] = await duck.rows<{ any: boolean }>('select count(*) > 0 as any from sampled');
  if (sampled?.any !== true)
    await duck.run(`insert into sampled select id, facts from ${raw} order by ${SAMPLE_HASH}, id limit 1`);
  return 'sampled';
}
