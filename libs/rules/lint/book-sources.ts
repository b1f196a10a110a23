import type { RuleSource } from '../read-files.js';
import type { TableSource } from '../tables/read-table.js';

/** The files of a book as parsed; null where one is missing or is no JSON. */
export interface BookSources {
  readonly manifest: RuleSource | null;
  readonly parameters: RuleSource | null;
  readonly rules: readonly RuleSource[];
  readonly cases: readonly RuleSource[];
  readonly tables: readonly TableSource[];
}
