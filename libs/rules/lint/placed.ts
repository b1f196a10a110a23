import type { AuthoredRule, CaseFile, Manifest, Parameter, Rule } from '../rule-format.js';
import type { CompiledTable } from '../tables/compiled-table.js';
import type { LintMessage } from './message.js';

/** A rule with the place where it stands. */
export interface PlacedRule {
  readonly file: string;
  readonly index: number;
  /** As it is written. */
  readonly rule: AuthoredRule;
  /** What keeps it from loading. */
  readonly faults: readonly LintMessage[];
  /** As it is evaluated; null where it, or a table that it names, does not load. */
  readonly expanded: Rule | null;
}

export interface PlacedTable {
  /** The definition's file and the rows'. */
  readonly file: string;
  readonly rowsFile: string;
  readonly table: CompiledTable;
}

/** What could be read of a book's files, each with its file. */
export interface PlacedBook {
  readonly manifest: { readonly file: string; readonly value: Manifest } | null;
  readonly rules: readonly PlacedRule[];
  /** False where a file of rules could not be read: a rule that is missed may stand in it. */
  readonly rulesWhole: boolean;
  readonly tables: readonly PlacedTable[];
  readonly parameters: { readonly file: string; readonly value: readonly Parameter[] } | null;
  readonly cases: readonly { readonly file: string; readonly value: CaseFile }[];
}

export const placeOf = ({ file, index }: Pick<PlacedRule, 'file' | 'index'>): string => `${file}/rules/${index}`;
