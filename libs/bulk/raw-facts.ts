import { quoteText } from '../rules/sql/dialect.js';

/** One gathered set of facts with what bulk work asks beside it, as a line of a file. */
export interface RawFacts {
  /** Unique in the file. */
  readonly id: string;
  /** How people call it: a file number, an applicant's number. */
  readonly ref: string;
  readonly branch: string;
  readonly product_code: string;
  readonly category: string;
  /** The day on which it was decided, or is to be. */
  readonly business_date: string;
  /** Level of the verdict that was given then: 0 PASS to 3 BLOCK; null where none was. */
  readonly decided: number | null;
  /** What the loan became; null where it is not known, or no loan was made. */
  readonly outcome: 'good' | 'bad' | null;
  readonly facts: unknown;
}

const COLUMNS: Readonly<Record<keyof RawFacts, string>> = {
  id: 'VARCHAR',
  ref: 'VARCHAR',
  branch: 'VARCHAR',
  product_code: 'VARCHAR',
  category: 'VARCHAR',
  business_date: 'DATE',
  decided: 'TINYINT',
  outcome: 'VARCHAR',
  facts: 'JSON',
};

/** What is kept beside the facts. */
export const KEPT_COLUMNS = Object.keys(COLUMNS).filter((name) => name !== 'facts');

/** A column that is copied out of a database: of `RawFacts`, or the hash that the facts are kept under. */
export type CopiedColumn = keyof RawFacts | 'facts_hash';

export const RAW_COLUMNS = Object.keys(COLUMNS) as (keyof RawFacts)[];

const shapeOf = (names: readonly CopiedColumn[]): string =>
  `{${names.map((name) => `${name}: '${name === 'facts_hash' ? 'VARCHAR' : COLUMNS[name]}'`).join(', ')}}`;

/** A file of JSON lines as a relation. */
export const fromJsonLines = (file: string): string =>
  `read_json(${quoteText(file)}, format = 'newline_delimited', columns = ${shapeOf(RAW_COLUMNS)})`;

/** A CSV file without a header, quoted as PostgreSQL's COPY does: of these columns, or of `RawFacts` in its order. */
export const fromCsv = (file: string, names: readonly CopiedColumn[] = RAW_COLUMNS): string =>
  `read_csv(${quoteText(file)}, header = false, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', columns = ${shapeOf(names)})`;
