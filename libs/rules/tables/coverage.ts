import { type Fault, fault } from '../../domain/problem.js';
import type { Bilingual } from '../../domain/text.js';
import type { Axis } from './axis.js';
import { type CompiledTable, lineOf, type TableRow } from './compiled-table.js';
import { writeInputCell } from './input-cell.js';
import { compareCuts, type Interval, intersect, type Region, regionOf, sameRegion } from './region.js';

/** Of each kind so many faults are told, and then that there are more. */
const MOST_TOLD = 100;
/** Rows looked at while the space is taken apart; beyond it the table is too tangled to be checked, and to be read. */
const MOST_WORK = 5_000_000;

interface Findings {
  readonly gaps: (readonly Region[])[];
  readonly overlaps: Map<string, readonly [earlier: number, later: number]>;
  readonly reached: Set<number>;
  work: number;
}

/** A table before its gaps are known. */
type ReadTable = Omit<CompiledTable, 'gaps'>;

/** Gaps: null where the table is too tangled to tell, or has more of them than are told. */
export interface Coverage {
  readonly gaps: CompiledTable['gaps'] | null;
  readonly faults: readonly Fault[];
}

/**
 * What of a table's space no row covers, and what more than one does. The space is taken apart axis by axis into the
 * parts that the same rows fit, so the answer is exact and a gap is told as the largest block that is one.
 */
export function coverageOf(table: ReadTable, at: string): Coverage {
  const found: Findings = { gaps: [], overlaps: new Map(), reached: new Set(), work: 0 };
  const all = table.rows.map((_, index) => index);
  if (!takeApart(table, 0, all, [], found)) {
    const text = {
      zh: '各行区间交错过多，无法检查；请拆分此表',
      en: 'its rows cross one another too often to be checked: split the table',
    };
    return { gaps: null, faults: [fault(`${at}/rows`, 'table.too-tangled', text)] };
  }
  const gaps = found.gaps.map((box) => gapFault(table.axes, box, at));
  const hidden = all.filter((index) => !found.reached.has(index));
  const others =
    table.content.hitPolicy === 'unique'
      ? [...found.overlaps.values()].map((pair) => overlapFault(table, pair, at))
      : hidden.map((index) => hiddenFault(table, index, at));
  return {
    gaps: found.gaps.length > MOST_TOLD ? null : found.gaps,
    faults: [...told(at, gaps), ...told(at, others)],
  };
}

const told = (at: string, faults: readonly Fault[]): Fault[] =>
  faults.length <= MOST_TOLD
    ? [...faults]
    : [
        ...faults.slice(0, MOST_TOLD),
        fault(`${at}/rows`, 'table.more-faults', {
          zh: '此类问题还有更多，未一一列出',
          en: 'there are more faults of this kind',
        }),
      ];

/** False where the work would be too much. `box` holds the parts of the axes before `place`, whose rows are `rows`. */
function takeApart(
  table: ReadTable,
  place: number,
  rows: readonly number[],
  box: readonly Region[],
  found: Findings,
): boolean {
  const axis = table.axes[place];
  if (axis === undefined || rows.length === 0) {
    note(table, rows, [...box, ...table.axes.slice(place).map(({ whole }) => whole)], found);
    return true;
  }
  const parts = partsOf(table.rows, axis, place, rows, found);
  return parts?.every((part) => takeApart(table, place + 1, part.rows, [...box, part.region], found)) ?? false;
}

function note(table: ReadTable, rows: readonly number[], box: readonly Region[], found: Findings): void {
  const [first] = rows;
  if (first === undefined) {
    if (found.gaps.length <= MOST_TOLD) found.gaps.push(box);
    return;
  }
  found.reached.add(first);
  if (table.content.hitPolicy === 'first') return;
  for (const [index, earlier] of rows.entries()) {
    for (const later of rows.slice(index + 1)) {
      if (found.overlaps.size > MOST_TOLD) return;
      found.overlaps.set(`${earlier}|${later}`, [earlier, later]);
    }
  }
}

interface Part {
  readonly rows: readonly number[];
  readonly region: Region;
}

/** An axis in parts, each fitted by the same of `rows`; null where that takes too much work. */
function partsOf(
  all: readonly TableRow[],
  { whole }: Axis,
  place: number,
  rows: readonly number[],
  found: Findings,
): Part[] | null {
  const regionAt = (row: number): Region => all[row]?.regions[place] ?? [];
  const edges = [whole, ...rows.map(regionAt)].flat().flatMap((interval) => [
    { cut: interval.from, interval },
    { cut: interval.to, interval },
  ]);
  edges.sort((left, right) => compareCuts(left.cut, right.cut));
  const starts = rows.flatMap((row) => regionAt(row).map((interval) => ({ row, ...interval })));
  starts.sort((left, right) => compareCuts(left.from, right.from));
  const parts = new Map<string, { rows: readonly number[]; intervals: Interval[] }>();
  let open: { row: number; to: Interval['to'] }[] = [];
  let next = 0;
  for (const [index, { cut }] of edges.entries()) {
    const end = edges[index + 1]?.cut;
    if (end === undefined || compareCuts(cut, end) === 0) continue;
    open = open.filter(({ to }) => compareCuts(to, cut) > 0);
    for (let start = starts[next]; start !== undefined && compareCuts(start.from, cut) <= 0; start = starts[next]) {
      open.push(start);
      next += 1;
    }
    found.work += open.length + 1;
    if (found.work > MOST_WORK) return null;
    const fitting = open.map(({ row }) => row).sort((left, right) => left - right);
    const key = fitting.join();
    const part = parts.get(key) ?? { rows: fitting, intervals: [] };
    part.intervals.push({ from: cut, to: end });
    parts.set(key, part);
  }
  return [...parts.values()].map((part) => ({ rows: part.rows, region: regionOf(part.intervals) }));
}

/** A part of the space in words: the cells that a row would need to cover it. */
function inWords(axes: readonly Axis[], box: readonly Region[]): Bilingual {
  const named = axes.flatMap((axis, index) => {
    const region = box[index] ?? [];
    return sameRegion(region, axis.whole) ? [] : [{ axis, cell: writeInputCell(axis, region) }];
  });
  if (named.length === 0) return { zh: '全部情形', en: 'every case' };
  return {
    zh: named.map(({ axis, cell }) => `${axis.label.zh}（${axis.key}）${cell}`).join('；'),
    en: named.map(({ axis, cell }) => `${axis.label.en} (${axis.key}) ${cell}`).join('; '),
  };
}

function gapFault(axes: readonly Axis[], box: readonly Region[], at: string): Fault {
  const where = inWords(axes, box);
  return fault(`${at}/rows`, 'table.gap', { zh: `没有一行适用于：${where.zh}`, en: `no row fits ${where.en}` });
}

const sameInputs = (one: TableRow, other: TableRow): boolean =>
  one.regions.every((region, index) => sameRegion(region, other.regions[index] ?? []));

function overlapFault({ axes, rows }: ReadTable, [earlier, later]: readonly [number, number], at: string): Fault {
  const [one, other] = [rows[earlier], rows[later]];
  if (one === undefined || other === undefined) throw new Error(`no rows ${earlier}, ${later}`);
  const lines = `${lineOf(earlier)}, ${lineOf(later)}`;
  if (sameInputs(one, other)) return duplicateFault(earlier, later, at);
  const where = inWords(
    axes,
    one.regions.map((region, index) => intersect(region, other.regions[index] ?? [])),
  );
  return fault(`${at}/rows/${later}`, 'table.overlap', {
    zh: `第 ${lines} 行都适用于：${where.zh}`,
    en: `lines ${lines} both fit ${where.en}`,
  });
}

const duplicateFault = (earlier: number, later: number, at: string): Fault =>
  fault(`${at}/rows/${later}`, 'table.duplicate-row', {
    zh: `第 ${lineOf(later)} 行与第 ${lineOf(earlier)} 行条件相同`,
    en: `line ${lineOf(later)} asks the same as line ${lineOf(earlier)}`,
  });

function hiddenFault({ rows }: ReadTable, index: number, at: string): Fault {
  const row = rows[index];
  const twin = rows.findIndex((one, place) => place < index && row !== undefined && sameInputs(one, row));
  if (twin >= 0) return duplicateFault(twin, index, at);
  return fault(`${at}/rows/${index}`, 'table.unreachable-row', {
    zh: `第 ${lineOf(index)} 行不会用到：前面各行已覆盖其全部情形`,
    en: `line ${lineOf(index)} is never used: earlier lines cover all of it`,
  });
}
