import { type Axis, isStepped, placeOf, valueAt } from './axis.js';
import { after, before, type Cut, type Interval, type Region, regionOf, sameRegion } from './region.js';

/** What a cell says, or why it says nothing: a place that is none, or a range that holds no value. */
export type CellReading = { readonly region: Region } | { readonly unread: string } | { readonly empty: string };

const ANY = new Set(['', '-']);
const RANGE = /^([[(])\s*(.*?)\s*\.\.\s*(.*?)\s*([\])])$/;
const COMPARISON = /^(>=|<=|>|<|≥|≤)\s*(.*)$/;

const isOrdered = ({ definition }: Axis): boolean => definition.type === 'number' || definition.type === 'date';

/** Reads a cell: empty or `-` is any; else values and ranges, separated by commas: `a, b`, `>= 10`, `[10..50)`. */
export function readInputCell(axis: Axis, cell: string): CellReading {
  const trimmed = cell.trim();
  if (ANY.has(trimmed)) return { region: axis.whole };
  const intervals: Interval[] = [];
  for (const part of partsOf(trimmed)) {
    const read = readPart(axis, part);
    if ('unread' in read || 'empty' in read) return read;
    intervals.push(read.interval);
  }
  return { region: regionOf(intervals) };
}

/** Parts between commas, Chinese ones too; a range holds no comma. */
const partsOf = (cell: string): string[] => cell.split(/[,，、]/).map((part) => part.trim());

type PartReading = { interval: Interval } | { unread: string } | { empty: string };

function readPart(axis: Axis, part: string): PartReading {
  const [first] = axis.whole;
  if (first === undefined) return { unread: part };
  const range = isOrdered(axis) ? RANGE.exec(part) : null;
  if (range !== null) {
    const [, open, low = '', high = '', close] = range;
    const [from, to] = [placeOf(axis, low), placeOf(axis, high)];
    if (from === null || to === null) return { unread: part };
    const interval = {
      from: open === '[' ? before(from) : pastOf(axis, from),
      to: close === ']' ? pastOf(axis, to) : before(to),
    };
    return regionOf([interval]).length === 0 ? { empty: part } : { interval };
  }
  const comparison = isOrdered(axis) ? COMPARISON.exec(part) : null;
  const place = placeOf(axis, comparison?.[2] ?? part);
  if (place === null) return { unread: part };
  const past = pastOf(axis, place);
  switch (comparison?.[1]) {
    case '>=':
    case '≥':
      return { interval: { from: before(place), to: first.to } };
    case '>':
      return { interval: { from: past, to: first.to } };
    case '<=':
    case '≤':
      return { interval: { from: first.from, to: past } };
    case '<': {
      const interval = { from: first.from, to: before(place) };
      return regionOf([interval]).length === 0 ? { empty: part } : { interval };
    }
    default:
      return { interval: { from: before(place), to: past } };
  }
}

const pastOf = (axis: Axis, place: number): Cut => (isStepped(axis) ? before(place + 1) : after(place));

/** A region as a cell writes it: what is read from it is the same region. Days up to the last, numbers up to below. */
export function writeInputCell(axis: Axis, region: Region): string {
  if (sameRegion(region, axis.whole)) return '-';
  const [whole] = axis.whole;
  return region.flatMap(({ from, to }) => intervalTexts(axis, from, to, whole?.to)).join(', ');
}

function intervalTexts(axis: Axis, from: Cut, to: Cut, end: Cut | undefined): string[] {
  const show = (place: number): string => String(valueAt(axis, place));
  if (!isOrdered(axis)) {
    return Array.from({ length: to.at - from.at }, (_, offset) => show(from.at + offset));
  }
  if (end !== undefined && to.at === end.at) return [`${from.after ? '>' : '>='} ${show(from.at)}`];
  if (isStepped(axis)) {
    const last = to.at - 1;
    if (from.at === last) return [show(last)];
    return [
      axis.definition.type === 'date' ? `[${show(from.at)}..${show(last)}]` : `[${show(from.at)}..${show(to.at)})`,
    ];
  }
  if (from.at === to.at) return [show(from.at)];
  return [`${from.after ? '(' : '['}${show(from.at)}..${show(to.at)}${to.after ? ']' : ')'}`];
}
