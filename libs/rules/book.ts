import { type Fault, fault } from '../domain/problem.js';
import { contentHash } from './content-hash.js';
import { lintRules } from './lint.js';
import { type AuthoredRule, type Manifest, manifestSchema, type Rule, ruleFileSchema } from './rule-format.js';
import { schemaFaults } from './schema-faults.js';
import { compileTable } from './tables/compile-table.js';
import type { CompiledTable } from './tables/compiled-table.js';
import { expandRule, type TableSet } from './tables/expand.js';
import { lintTables } from './tables/lint-tables.js';
import { readTables, type TableSource } from './tables/read-table.js';
import { SettledComparison } from './tables/rows-as-condition.js';
import type { DecisionTable } from './tables/table-format.js';

/** A rule book: what compliance keeps and publishes. Immutable, addressed by its content. */
export interface RuleBook {
  readonly hash: string;
  readonly manifest: Manifest;
  /** By id, in alphabetical order, with what they say of tables worked into plain conditions: as they are evaluated. */
  readonly rules: readonly Rule[];
  /** The same rules as they were written: what is kept, shown and addressed. */
  readonly authored: readonly AuthoredRule[];
  readonly tables: TableSet;
}

/** What a book's address is made from, and what is kept of it. */
export interface BookContent {
  readonly manifest: Manifest;
  readonly rules: readonly AuthoredRule[];
  /** By id, in alphabetical order; absent where the book has none. */
  readonly tables?: readonly DecisionTable[];
}

export interface RuleSource {
  readonly file: string;
  readonly content: unknown;
}

export type BookReading = { readonly book: RuleBook } | { readonly faults: readonly Fault[] };

/** Reads a book from parsed files. Every fault of every file is collected; a book with a fault is no book. */
export function readBook(
  manifestSource: RuleSource,
  files: readonly RuleSource[],
  tableSources: readonly TableSource[] = [],
): BookReading {
  const faults: Fault[] = [];
  const manifest = manifestSchema.safeParse(manifestSource.content);
  if (!manifest.success) faults.push(...schemaFaults(manifest.error, manifestSource.file));
  const tables = readTables(tableSources, faults);
  const tablesRead = faults.length === 0 || tables.size === tableSources.length;
  const rules: AuthoredRule[] = [];
  for (const source of files) {
    const parsed = ruleFileSchema.safeParse(source.content);
    if (parsed.success) {
      faults.push(...lintRules(parsed.data.rules, source.file));
      if (tablesRead) faults.push(...lintTables(parsed.data.rules, source.file, tables));
      rules.push(...parsed.data.rules);
    } else {
      faults.push(...schemaFaults(parsed.error, source.file));
    }
  }
  faults.push(...duplicateIds(rules));
  if (faults.length === 0) faults.push(...rules.flatMap((rule) => settledFaults(rule, tables)));
  if (!manifest.success || faults.length > 0) return { faults };
  return { book: assemble(manifest.data, rules, tables) };
}

/**
 * A book from what was kept of one. Where the catalogue has grown values that a kept table does not cover, its rules
 * cannot judge them. Throws where a table cannot be read.
 */
export function makeBook({ manifest, rules, tables = [] }: BookContent): RuleBook {
  const compiled = tables.map((content): [string, CompiledTable] => {
    const { table, faults } = compileTable(content, content.id);
    if (table === null) throw new Error(`table ${content.id}: ${faults.map(({ text }) => text.en).join('; ')}`);
    return [content.id, table];
  });
  return assemble(manifest, rules, new Map(compiled));
}

const byId = <T extends { readonly id: string }>(items: readonly T[]): T[] =>
  [...items].sort((left, right) => (left.id < right.id ? -1 : 1));

function assemble(manifest: Manifest, rules: readonly AuthoredRule[], tables: TableSet): RuleBook {
  const authored = byId(rules);
  const book = { manifest, authored, tables, rules: authored.map((rule) => expandRule(rule, tables)) };
  return { ...book, hash: contentHash(bookContent(book)) };
}

/** What of a book is kept and addressed: a book without tables has the address that it always had. */
export function bookContent({ manifest, authored, tables }: Omit<RuleBook, 'hash' | 'rules'>): BookContent {
  const contents = byId([...tables.values()].map(({ content }) => content));
  return { manifest, rules: authored, ...(contents.length === 0 ? {} : { tables: contents }) };
}

/** Where what stands beside a comparison with a table settles it, the comparison says nothing. */
function settledFaults(rule: AuthoredRule, tables: TableSet): Fault[] {
  try {
    expandRule(rule, tables);
    return [];
  } catch (cause) {
    if (!(cause instanceof SettledComparison)) throw cause;
    const text = {
      zh: `${rule.id}：与决策表的比较已由其他条件决定`,
      en: `${rule.id}: the comparison with the table ${cause.message}, by the rest of the rule`,
    };
    return [fault(`/rules/${rule.id}/conditions`, 'rule.table-settled', text)];
  }
}

function duplicateIds(rules: readonly AuthoredRule[]): Fault[] {
  const ids = rules.map((rule) => rule.id);
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map((id) => ({
    path: `/rules/${id}`,
    code: 'rule.duplicate-id',
    text: { zh: `规则编号 ${id} 重复`, en: `rule id ${id} is used twice` },
  }));
}
