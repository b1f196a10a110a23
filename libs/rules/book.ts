import type { Fault } from '../domain/problem.js';
import { contentHash } from './content-hash.js';
import { lintRules } from './lint.js';
import { type Manifest, manifestSchema, type Rule, ruleFileSchema } from './rule-format.js';
import { schemaFaults } from './schema-faults.js';

/** A rule book: what compliance keeps and publishes. Immutable, addressed by its content. */
export interface RuleBook {
  readonly hash: string;
  readonly manifest: Manifest;
  /** By id, in alphabetical order. */
  readonly rules: readonly Rule[];
}

export interface RuleSource {
  readonly file: string;
  readonly content: unknown;
}

export type BookReading = { readonly book: RuleBook } | { readonly faults: readonly Fault[] };

/** Reads a book from parsed files. Every fault of every file is collected; a book with a fault is no book. */
export function readBook(manifestSource: RuleSource, files: readonly RuleSource[]): BookReading {
  const faults: Fault[] = [];
  const manifest = manifestSchema.safeParse(manifestSource.content);
  if (!manifest.success) faults.push(...schemaFaults(manifest.error, manifestSource.file));
  const rules: Rule[] = [];
  for (const source of files) {
    const parsed = ruleFileSchema.safeParse(source.content);
    if (parsed.success) {
      faults.push(...lintRules(parsed.data.rules, source.file));
      rules.push(...parsed.data.rules);
    } else {
      faults.push(...schemaFaults(parsed.error, source.file));
    }
  }
  faults.push(...duplicateIds(rules));
  if (!manifest.success || faults.length > 0) return { faults };
  return { book: makeBook(manifest.data, rules) };
}

export function makeBook(manifest: Manifest, rules: readonly Rule[]): RuleBook {
  const ordered = [...rules].sort((left, right) => (left.id < right.id ? -1 : 1));
  return { hash: contentHash({ manifest, rules: ordered }), manifest, rules: ordered };
}

function duplicateIds(rules: readonly Rule[]): Fault[] {
  const ids = rules.map((rule) => rule.id);
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map((id) => ({
    path: `/rules/${id}`,
    code: 'rule.duplicate-id',
    text: { zh: `规则编号 ${id} 重复`, en: `rule id ${id} is used twice` },
  }));
}
