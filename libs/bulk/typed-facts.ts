import { admitSelect } from '../rules/sql/admit-select.js';
import { quoteText } from '../rules/sql/dialect.js';
import { factColumns } from '../rules/sql/fact-columns.js';
import type { Duck } from './duck.js';
import { IN_SAMPLE, SAMPLE_HASH } from './live-sample.js';

/** Facts that are ready to be decided, as relations. */
export interface TypedFacts {
  /** The kept columns, and one for each fact that may be asked for. */
  readonly typed: string;
  /** `id` and the stored `facts` of the rows that the live path decides again. */
  readonly sampled: string;
}

/** Every fact of the catalogue, so that any rule can be asked; the stored form of the sample's rows alone. */
const admitAll = (raw: string, keep: readonly string[], inSample = IN_SAMPLE): string =>
  admitSelect(factColumns(), raw, [...keep, `case when ${inSample} then facts::varchar end as facts`]);

/** What decides, beside the stored facts, what a Parquet file of them holds: how facts are admitted, and by which DuckDB. */
export async function admittedBy(duck: Duck): Promise<string> {
  const [version] = await duck.rows<{ version: string }>('select version() as version');
  return `${version?.version} ${admitAll('raw', [])}`;
}

/** Takes stored facts apart once, into a Parquet file: these columns of `RawFacts`, and every fact of the catalogue. */
export async function writeParquet(duck: Duck, raw: string, keep: readonly string[], file: string): Promise<void> {
  const write = (inSample: string): Promise<void> =>
    duck.run(`copy (${admitAll(raw, keep, inSample)}) to ${quoteText(file)} (format parquet, compression zstd)`);
  await write(IN_SAMPLE);
  const [first] = await duck.rows<{ id: string; sampled: boolean }>(
    `select id, (select count(facts) > 0 from read_parquet(${quoteText(file)})) as sampled
     from read_parquet(${quoteText(file)}) order by ${SAMPLE_HASH}, id limit 1`,
  );
  // So few rows that none is in the sample: they are soon written once more, with the one that stands for them.
  if (first?.sampled === false) await write(`id = ${quoteText(String(first.id))}`);
}

/** 18 digits with a day of birth among them, or 15 as identity numbers were before 1999. */
const IDENTITY =
  '(^|[^0-9])([0-9]{6}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]|[0-9]{8}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3})($|[^0-9])';

/** Whether nothing in a file of facts has the form of a resident's identity number: an export may call its cases so. */
export async function namesNobody(duck: Duck, file: string): Promise<boolean> {
  const [found] = await duck.rows(
    `select 1 as found from (select unnest([*columns(lambda c: c in ('ref', 'branch', 'facts'))]) as text from read_parquet(${quoteText(file)}))
     where regexp_matches(text, ${quoteText(IDENTITY)}) limit 1`,
  );
  return found === undefined;
}

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
