import { DateTime } from 'luxon';
import type { RecordField } from '../../contracts/import/field-types.js';
import type { FieldTransforms } from '../../contracts/import/mapping.js';
import { parseCivilDate } from '../../domain/civil-date.js';
import { MAX_FEN, parseYuan } from '../../domain/money.js';
import { type Fault, fault } from '../../domain/problem.js';

/** A value of a canonical record as the database takes it: money as decimal text of fen, dates YYYY-MM-DD. */
export type RecordValue = string | number | { never: true } | null;
export type Reading = { readonly value: RecordValue } | { readonly fault: Fault };

const wrong = (path: string, code: string, zh: string, en: string): Reading => ({
  fault: fault(path, code, { zh, en }),
});

const LONGEST_TEXT = 500;
/** Bounds of the database's columns: int and numeric(9, 4). */
const LARGEST_COUNT = 2_147_483_647;
const PERCENT_BELOW = 100_000;

type ValueReader = (text: string, path: string) => Reading;

function readMoney(unit: FieldTransforms['unit'], text: string): bigint | null {
  if (unit === 'fen') return /^\d+$/.test(text) && BigInt(text) <= MAX_FEN ? BigInt(text) : null;
  if (unit === 'ten-thousand-yuan') {
    const [whole = '', fraction = ''] = text.split('.');
    return parseYuan(`${whole}${fraction.slice(0, 4).padEnd(4, '0')}.${fraction.slice(4)}0`);
  }
  return parseYuan(text);
}

/** Dates repeat over the lines of an export, and parsing them is the costliest step: each text is read once. */
function dateReader(format: string | undefined, century: number | undefined): (text: string) => string | null {
  const seen = new Map<string, string | null>();
  const read = (text: string): string | null => {
    if (format === undefined) return parseCivilDate(text);
    const parsed = DateTime.fromFormat(text, format, { zone: 'utc', locale: 'en' });
    if (!parsed.isValid) return null;
    if (century === undefined) return parsed.toISODate();
    const year = century + ((((parsed.year - century) % 100) + 100) % 100);
    return parseCivilDate(`${year}-${parsed.toFormat('MM-dd')}`);
  };
  return (text) => {
    let value = seen.get(text);
    if (value === undefined) {
      value = read(text);
      if (seen.size < 100_000) seen.set(text, value);
    }
    return value;
  };
}

function readText(text: string, path: string): Reading {
  if (text.includes('\0')) return wrong(path, 'import.control-character', '含有空字符', 'holds a NUL character');
  if (text.length > LONGEST_TEXT) return wrong(path, 'import.too-long', '超过500字', 'longer than 500 characters');
  return { value: text };
}

function readerOf(field: RecordField, transforms: FieldTransforms): ValueReader {
  const { type } = field;
  switch (type.kind) {
    case 'text':
    case 'ref':
      return readText;
    case 'fen':
      return (text, path) => {
        const fen = readMoney(transforms.unit, text);
        if (fen === null) return wrong(path, 'import.money', `不是金额：${text}`, `not a sum of money: ${text}`);
        return fen < 0n
          ? wrong(path, 'import.negative', `金额为负：${text}`, `a negative sum: ${text}`)
          : { value: fen.toString() };
      };
    case 'date': {
      const read = dateReader(transforms.date, transforms.century);
      return (text, path) => {
        const date = read(text);
        return date === null ? wrong(path, 'import.date', `不是日期：${text}`, `not a date: ${text}`) : { value: date };
      };
    }
    case 'count':
      return (text, path) =>
        /^\d{1,15}(\.0+)?$/.test(text) && Number(text) <= LARGEST_COUNT
          ? { value: Number(text) }
          : wrong(path, 'import.count', `不是整数：${text}`, `not a whole number: ${text}`);
    case 'percent':
      return (text, path) => {
        const number = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
        const percent = transforms.unit === 'fraction' ? Number((number * 100).toFixed(6)) : number;
        return Math.abs(percent) < PERCENT_BELOW
          ? { value: percent }
          : wrong(path, 'import.percent', `不是百分数：${text}`, `not a percentage: ${text}`);
      };
    case 'enum':
      return (text, path) =>
        type.values.includes(text)
          ? { value: text }
          : wrong(
              path,
              'import.not-allowed',
              `取值 ${text} 不在允许之内`,
              `${text} is none of ${type.values.join(', ')}; map it`,
            );
  }
}

/** Reads the text that a mapping found for a field, or null where it found none, as the field's value. */
export function valueReader(
  field: RecordField,
  path: string,
  transforms: FieldTransforms,
): (text: string | null) => Reading {
  const read = readerOf(field, transforms);
  const { map, otherwise, ifMissing } = transforms;
  const missing = ((): Reading => {
    if (ifMissing === 'never') return { value: { never: true } };
    const stated = typeof ifMissing === 'object' ? ifMissing.value : field.byDefault;
    if (stated !== undefined) return read(stated, path);
    return field.required
      ? wrong(path, 'import.missing', '缺少必填值', 'has no value, and needs one')
      : { value: null };
  })();
  return (text) => {
    if (text === null) return missing;
    if (map === undefined) return read(text, path);
    const mapped = Object.hasOwn(map, text) ? map[text] : otherwise;
    if (mapped === undefined)
      return wrong(path, 'import.not-mapped', `取值 ${text} 没有对应`, `"map" says nothing of ${text}`);
    return read(mapped, path);
  };
}
