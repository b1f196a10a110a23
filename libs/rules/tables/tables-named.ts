/** The answers of tables that conditions name: a node with `table` and `output`. */
export function tablesNamed(node: unknown): { table: string; output: string }[] {
  if (typeof node !== 'object' || node === null) return [];
  const { table, output } = node as { table?: unknown; output?: unknown };
  const own = typeof table === 'string' && typeof output === 'string' ? [{ table, output }] : [];
  return [...own, ...Object.values(node).flatMap(tablesNamed)];
}
