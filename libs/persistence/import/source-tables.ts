import { join } from 'node:path';
import type { LineCondition, Mapping } from '../../contracts/import/mapping.js';
import { type Fault, fault } from '../../domain/problem.js';
import { type OpenTable, openTable, type RefusedLine, TableUnreadable } from '../../platform/csv/read-table.js';
import { lineCondition } from './line-condition.js';

/** Lines of another source, found by the values of some of its columns. */
export type SourceIndex = ReadonlyMap<string, readonly (readonly string[])[]>;

export const indexKey = (values: readonly string[]): string => values.join('\u001f');

/** The sources of a mapping below one folder; what is looked up again is kept. */
export class SourceTables {
  private readonly columnsOf = new Map<string, readonly string[]>();
  private readonly indexes = new Map<string, Promise<SourceIndex>>();

  constructor(
    private readonly mapping: Mapping,
    private readonly folder: string,
    private readonly refuse: (line: RefusedLine) => void,
  ) {}

  open(name: string, refuse = this.refuse): Promise<OpenTable> {
    const source = this.mapping.sources[name];
    if (source === undefined) throw new TableUnreadable([unknownSource(name)]);
    return openTable(
      { file: source.file, path: join(this.folder, source.file), source, defaults: this.mapping.defaults },
      refuse,
    );
  }

  /** The columns of a source, read from its header. */
  async columns(name: string): Promise<readonly string[]> {
    const known = this.columnsOf.get(name);
    if (known !== undefined) return known;
    const { columns, lines } = await this.open(name, () => {});
    await lines().return(undefined);
    this.columnsOf.set(name, columns);
    return columns;
  }

  missingTexts(name: string): ReadonlySet<string> {
    return new Set(['', ...(this.mapping.sources[name]?.missing ?? this.mapping.defaults?.missing ?? [])]);
  }

  /** Lines of `name` that satisfy `where`, by the values of `keys`. Built once for each use. */
  index(name: string, keys: readonly string[], where: LineCondition | undefined): Promise<SourceIndex> {
    const id = JSON.stringify([name, keys, where ?? null]);
    const known = this.indexes.get(id) ?? this.buildIndex(name, keys, where);
    this.indexes.set(id, known);
    return known;
  }

  private async buildIndex(
    name: string,
    keys: readonly string[],
    where: LineCondition | undefined,
  ): Promise<SourceIndex> {
    const table = await this.open(name, () => {}); // told once, when the source's own lines are read
    const positions = keys.map((key) => table.columns.indexOf(key));
    const keeps = lineCondition(where, table.columns);
    const index = new Map<string, (readonly string[])[]>();
    for await (const { cells } of table.lines()) {
      if (!(await keeps(cells))) continue;
      const key = indexKey(positions.map((position) => cells[position] ?? ''));
      const found = index.get(key);
      if (found === undefined) index.set(key, [cells]);
      else found.push(cells);
    }
    return index;
  }
}

export const unknownSource = (name: string): Fault =>
  fault(`/sources/${name}`, 'mapping.unknown-source', { zh: `没有来源 ${name}`, en: `there is no source ${name}` });
