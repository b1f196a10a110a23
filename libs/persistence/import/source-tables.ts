import { join } from 'node:path';
import type { LineCondition, Mapping } from '../../contracts/import/mapping.js';
import { type Fault, fault } from '../../domain/problem.js';
import { type OpenTable, openTable, type RefusedLine, TableUnreadable } from '../../platform/csv/read-table.js';
import { ExpressionFailed, expressionFault } from './expression.js';
import { lineCondition } from './line-condition.js';

/** Lines of another source, found by the values of some of its columns. */
export type SourceIndex = ReadonlyMap<string, readonly (readonly string[])[]>;

export const indexKey = (values: readonly string[]): string => values.join('\u001f');

/** The sources of a mapping below one folder; what is looked up again is kept. */
export class SourceTables {
  private readonly columnsOf = new Map<string, readonly string[]>();
  private readonly indexes = new Map<string, Promise<SourceIndex>>();
  private readonly broken = new Set<string>();
  private readonly told = new Set<string>();

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

  /** Whether lines of a source that is looked up could not be read: what is reckoned over it is then not known. */
  isBroken(name: string): boolean {
    return this.broken.has(name);
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
    const readAsRecords = this.mapping.records.some(({ from }) => from === name); // its lines are told then
    const tell = !readAsRecords && !this.told.has(name);
    this.told.add(name);
    const spoilt = (line: RefusedLine): void => {
      this.broken.add(name);
      if (tell) this.refuse(line);
    };
    const table = await this.open(name, spoilt);
    const positions = keys.map((key) => table.columns.indexOf(key));
    const keeps = lineCondition(where, table.columns);
    const index = new Map<string, (readonly string[])[]>();
    for await (const { line, cells } of table.lines()) {
      if (!(await this.kept(name, line, cells, keeps, spoilt))) continue;
      const key = indexKey(positions.map((position) => cells[position] ?? ''));
      const found = index.get(key);
      if (found === undefined) index.set(key, [cells]);
      else found.push(cells);
    }
    return index;
  }

  private async kept(
    name: string,
    line: number,
    cells: readonly string[],
    keeps: ReturnType<typeof lineCondition>,
    spoilt: (line: RefusedLine) => void,
  ): Promise<boolean> {
    try {
      return await keeps(cells);
    } catch (cause) {
      if (!(cause instanceof ExpressionFailed)) throw cause;
      spoilt({ file: this.mapping.sources[name]?.file ?? name, line, faults: [expressionFault('/where', cause)] });
      return false;
    }
  }
}

export const unknownSource = (name: string): Fault =>
  fault(`/sources/${name}`, 'mapping.unknown-source', { zh: `没有来源 ${name}`, en: `there is no source ${name}` });
