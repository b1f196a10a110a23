import { type Fault, fault } from '../domain/problem.js';
import type { RuleSource } from './read-files.js';
import type { TableSource } from './tables/read-table.js';

/** The parts of a book in a draft, each as a file whose name is its place. */
export interface DraftSources {
  readonly manifest: RuleSource;
  readonly rules: RuleSource;
  readonly tables: readonly TableSource[];
}

const PARTS = ['manifest', 'rules', 'tables'];

/** Takes a draft's content apart as a folder is: its tables hold their rows themselves. */
export function draftSources(content: Readonly<Record<string, unknown>>): { sources: DraftSources; faults: Fault[] } {
  const faults = Object.keys(content)
    .filter((part) => !PARTS.includes(part))
    .map((part) =>
      fault(`/content/${part}`, 'book.unknown-part', {
        zh: '规则书没有这一部分',
        en: `a rule book has no such part: ${PARTS.join(', ')}`,
      }),
    );
  const { manifest, rules, tables = [] } = content;
  const kept = (file: string, table: unknown): TableSource => ({ file, content: table, rowsFile: file, cells: null });
  const sources = {
    manifest: { file: '/content/manifest', content: manifest },
    rules: { file: '/content', content: { rules } },
    tables: Array.isArray(tables)
      ? tables.map((table: unknown, index) => kept(`/content/tables/${index}`, table))
      : [kept('/content/tables', tables)], // no list: told as a table that is none
  };
  return { sources, faults };
}
