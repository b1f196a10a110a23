import type { NodePath } from '../condition-nodes.js';

/** A copy of a JSON value in which the node at `path` is what `change` makes of it; the rest is shared. */
export function changedAt<T>(whole: T, path: NodePath, change: (node: unknown) => unknown): T {
  const [head, ...rest] = path;
  if (head === undefined) return change(whole) as T;
  if (Array.isArray(whole)) return whole.map((part, at) => (at === head ? changedAt(part, rest, change) : part)) as T;
  const record = whole as Record<string, unknown>;
  return { ...record, [head]: changedAt(record[head], rest, change) } as T;
}
