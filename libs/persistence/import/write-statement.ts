import type { RecordTable } from './record-table.js';

/** A line that was not written: fields that name nothing, or one whose value belongs to another record already. */
export interface UnwrittenLine {
  readonly line: number;
  readonly dangling: readonly string[];
  readonly taken: string | null;
  /** A row that is never overwritten is there with another content. */
  readonly differs: boolean;
}

/** The statement that writes a batch ($1 union, $2 rows as JSON) and returns the lines that it did not write. */
export function writeStatement({
  table,
  values,
  references,
  conflict,
  overwrite,
  unique,
  frozen = [],
  frozenWhere = 'true',
}: RecordTable): string {
  const given = [
    'line int',
    'id uuid',
    ...values.map(({ column, type }) => `${column} ${type}`),
    ...references.map((_, index) => `ref_${index} text`),
  ];
  const joins = references.map(
    (one, index) =>
      `left join ${one.table} t${index} on t${index}.union_id = $1 and t${index}.${one.key} = g.ref_${index}`,
  );
  const dangling = references.map(
    ({ field, required }, index) =>
      `case when t${index}.id is null and ${required ? 'true' : `g.ref_${index} is not null`} then '${field}' end`,
  );
  const taken =
    unique === undefined
      ? 'null::text'
      : `case when exists (select from ${table} other where other.union_id = $1 and other.${unique.column} = g.${unique.column}
           and (${conflict.map((column) => `other.${column} is distinct from g.${column}`).join(' or ')})) then '${unique.field}' end`;
  const differs =
    frozen.length === 0
      ? 'false'
      : `exists (select from ${table} kept where kept.union_id = $1 and ${conflict.map((column) => `kept.${column} = g.${column}`).join(' and ')}
           and ${frozenWhere} and (${frozen.map((column) => `kept.${column} is distinct from g.${column}`).join(' or ')}))`;
  const targets = ['id', 'union_id', ...values.map(({ column }) => column), ...references.map(({ column }) => column)];
  const chosen = ['id', '$1', ...values.map(({ column }) => column), ...references.map((_, index) => `found_${index}`)];
  const again =
    overwrite.length === 0
      ? 'nothing'
      : `update set ${overwrite.map((column) => `${column} = excluded.${column}`).join(', ')}`;
  return `
with resolved as materialized (
  select g.*, ${references.map((_, index) => `t${index}.id as found_${index}, `).join('')}
    array_remove(array[${dangling.join(', ') || 'null'}]::text[], null) as dangling, ${taken} as taken, ${differs} as differs
  from json_to_recordset($2::json) as g(${given.join(', ')}) ${joins.join(' ')}),
written as (
  insert into ${table} (${targets.join(', ')}) select ${chosen.join(', ')} from resolved where dangling = '{}' and taken is null and not differs
  on conflict (union_id, ${conflict.join(', ')}) do ${again})
select line, dangling, taken, differs from resolved where dangling <> '{}' or taken is not null or differs order by line`;
}
