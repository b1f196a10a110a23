import type { RuleBook } from './book.js';
import { contentHash } from './content-hash.js';

/** Ids of the rules by which two books differ, in alphabetical order. */
export interface BookDifference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

export function bookDifference(from: RuleBook, to: RuleBook): BookDifference {
  const before = new Map(from.authored.map((rule) => [rule.id, contentHash(rule)]));
  const after = new Map(to.authored.map((rule) => [rule.id, contentHash(rule)]));
  return {
    added: [...after.keys()].filter((id) => !before.has(id)),
    removed: [...before.keys()].filter((id) => !after.has(id)),
    changed: [...after].filter(([id, hash]) => before.has(id) && before.get(id) !== hash).map(([id]) => id),
  };
}
