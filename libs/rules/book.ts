import { type Fault, fault } from '../domain/problem.js';
import { contentHash } from './content-hash.js';
import { lintRules } from './lint/lint-rules.js';
import { faultsOf, type RuleSource, readManifest, readRules } from './read-files.js';
import type { Manifest, Rule } from './rule-format.js';

/** A rule book: what compliance keeps and publishes. Immutable, addressed by its content. */
export interface RuleBook {
  readonly hash: string;
  readonly manifest: Manifest;
  /** By id, in alphabetical order. */
  readonly rules: readonly Rule[];
}

export type BookReading = { readonly book: RuleBook } | { readonly faults: readonly Fault[] };

/** Reads a book from parsed files. Every fault of every file is collected; a book with a fault is no book. */
export function readBook(manifestSource: RuleSource, files: readonly RuleSource[]): BookReading {
  const manifest = readManifest(manifestSource);
  const readings = files.map((source) => ({ file: source.file, reading: readRules(source) }));
  const faults: Fault[] = faultsOf([manifest, ...readings.map(({ reading }) => reading)]);
  const rules: Rule[] = [];
  for (const { file, reading } of readings) {
    if ('faults' in reading) continue;
    faults.push(...lintRules(reading.value, file));
    rules.push(...reading.value);
  }
  faults.push(...duplicateIds(rules));
  if ('faults' in manifest || faults.length > 0) return { faults };
  return { book: makeBook(manifest.value, rules) };
}

export function makeBook(manifest: Manifest, rules: readonly Rule[]): RuleBook {
  const ordered = [...rules].sort((left, right) => (left.id < right.id ? -1 : 1));
  return { hash: contentHash({ manifest, rules: ordered }), manifest, rules: ordered };
}

/** An id that two rules carry, in one file or in several. */
export function duplicateIds(rules: readonly Rule[]): Fault[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { id } of rules) (seen.has(id) ? twice : seen).add(id);
  return [...twice].map((id) =>
    fault(`/rules/${id}`, 'rule.duplicate-id', { zh: `规则编号 ${id} 重复`, en: `rule id ${id} is used twice` }),
  );
}
