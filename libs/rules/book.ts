import { type Fault, fault } from '../domain/problem.js';
import { contentHash } from './content-hash.js';
import { lintLoading } from './lint/lint-loading.js';
import { faultsOf, type RuleSource, readManifest, readRules } from './read-files.js';
import type { AuthoredRule, Manifest, Rule } from './rule-format.js';
import { compileTable } from './tables/compile-table.js';
import type { CompiledTable } from './tables/compiled-table.js';
import { expandRule, type TableSet } from './tables/expand.js';
import { readTables, type TableSource } from './tables/read-table.js';
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

export type BookReading = { readonly book: RuleBook } | { readonly faults: readonly Fault[] };

/** Reads a book from parsed files. Every fault of every file is collected; a book with a fault is no book. */
export function readBook(
  manifestSource: RuleSource,
  files: readonly RuleSource[],
  tableSources: readonly TableSource[] = [],
): BookReading {
  const manifest = readManifest(manifestSource);
  const readings = files.map((source) => ({ file: source.file, reading: readRules(source) }));
  const faults: Fault[] = faultsOf([manifest, ...readings.map(({ reading }) => reading)]);
  const tables = readTables(tableSources, faults);
  const known = tables.size === tableSources.length ? tables : null;
  const rules: AuthoredRule[] = [];
  for (const { file, reading } of readings) {
    if ('faults' in reading) continue;
    faults.push(...lintLoading(reading.value, file, known).map(({ path, code, text }) => fault(path, code, text)));
    rules.push(...reading.value);
  }
  faults.push(...duplicateIds(rules));
  if ('faults' in manifest || faults.length > 0) return { faults };
  return { book: assemble(manifest.value, rules, tables) };
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

/** An id that two rules carry, in one file or in several. */
export function duplicateIds(rules: readonly Pick<AuthoredRule, 'id'>[]): Fault[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { id } of rules) (seen.has(id) ? twice : seen).add(id);
  return [...twice].map((id) =>
    fault(`/rules/${id}`, 'rule.duplicate-id', { zh: `规则编号 ${id} 重复`, en: `rule id ${id} is used twice` }),
  );
}
