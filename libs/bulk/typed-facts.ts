import type { Rule } from '../rules/rule-format.js';
import { admitSelect } from '../rules/sql/admit-select.js';
import { quoteText } from '../rules/sql/dialect.js';
import { factColumns } from '../rules/sql/fact-columns.js';
import { columnsRead } from './decide-facts.js';
import type { Duck } from './duck.js';
import { IN_SAMPLE, sampleOf } from './live-sample.js';
import { KEPT_COLUMNS } from './raw-facts.js';

/** Facts that are ready to be decided, as relations. */
export interface TypedFacts {
  /** The kept columns, and one for each fact: every fact, or those of the rules that are asked. */
  readonly typed: string;
  /** `id` and the stored `facts` of the rows that the live path decides again. */
  readonly sampled: string;
}

/** Facts still as they were stored: each that these rules read is taken out of them when it is asked for. */
export async function typedFromRaw(duck: Duck, raw: string, rules: readonly Rule[]): Promise<TypedFacts> {
  return { typed: `(${admitSelect(columnsRead(rules), raw, KEPT_COLUMNS)})`, sampled: await sampleOf(duck, raw) };
}

/** Every fact of the catalogue, so that any rule can be asked; the stored form of the sample's rows alone. */
const admitAll = (raw: string, keep: readonly string[]): string =>
  admitSelect(factColumns(), raw, [...keep, `case when ${IN_SAMPLE} then facts::varchar end as facts`]);

/** What decides, beside the stored facts, what a Parquet file of them holds: how facts are admitted, and by which DuckDB. */
export async function admittedBy(duck: Duck): Promise<string> {
  const [version] = await duck.rows<{ version: string }>('select version() as version');
  return `${version?.version} ${admitAll('raw', [])}`;
}

/** Takes stored facts apart once, into a Parquet file: these columns of `RawFacts`, and every fact of the catalogue. */
export const writeParquet = (duck: Duck, raw: string, keep: readonly string[], file: string): Promise<void> =>
  duck.run(`copy (${admitAll(raw, keep)}) to ${quoteText(file)} (format parquet, compression zstd)`);

/**
 * The facts of such a file. `beside`: a relation of `id` with the kept columns that the file has not; only its rows count.
 */
export function typedFromParquet(file: string, beside?: string): TypedFacts {
  const kept = `read_parquet(${quoteText(file)})`;
  return {
    typed: beside === undefined ? kept : `(select * from ${kept} join ${beside} using (id))`,
    sampled: `(select id, facts from ${kept} where facts is not null)`,
  };
}
