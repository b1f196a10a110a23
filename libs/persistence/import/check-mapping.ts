import jsonata from 'jsonata';
import type { FieldMapping, LineCondition, Mapping, RecordMapping } from '../../contracts/import/mapping.js';
import { definitionOf } from '../../contracts/import/records.js';
import { type Fault, fault } from '../../domain/problem.js';
import { TableUnreadable } from '../../platform/csv/read-table.js';
import { type SourceTables, unknownSource } from './source-tables.js';

type Report = (path: string, code: string, zh: string, en: string) => void;

/**
 * Checks a mapping against its files before the first line is written: sources, columns, fields, expressions.
 * Every fault is told, each with its JSON pointer into the mapping.
 */
export async function checkMapping(mapping: Mapping, tables: SourceTables): Promise<Fault[]> {
  const faults: Fault[] = [];
  const columnsOf = new Map<string, readonly string[]>();
  for (const name of Object.keys(mapping.sources)) {
    try {
      columnsOf.set(name, await tables.columns(name));
    } catch (cause) {
      if (!(cause instanceof TableUnreadable)) throw cause;
      faults.push(...cause.faults);
    }
  }
  mapping.records.forEach((record, index) => {
    const report: Report = (path, code, zh, en) =>
      void faults.push(fault(`/records/${index}${path}`, code, { zh, en }));
    if (!Object.hasOwn(mapping.sources, record.from)) faults.push(unknownSource(record.from));
    checkRecord(record, columnsOf, report);
  });
  return faults;
}

function checkRecord(record: RecordMapping, columnsOf: ReadonlyMap<string, readonly string[]>, report: Report): void {
  const { fields } = definitionOf(record.record);
  const has = (source: string) => (column: string, path: string) => {
    const columns = columnsOf.get(source);
    if (columns !== undefined && columns.indexOf(column) !== columns.lastIndexOf(column)) {
      report(
        path,
        'mapping.ambiguous-column',
        `${source} 有多列名为 ${column}`,
        `${source} has several columns ${column}`,
      );
    }
    if (columns !== undefined && !columns.includes(column)) {
      report(
        path,
        'mapping.unknown-column',
        `${source} 没有列 ${column}`,
        `${source} has no column ${column}; it has ${columns.join(', ')}`,
      );
    }
  };
  checkCondition(record.where, '/where', has(record.from), report);
  for (const [name, field] of Object.entries(record.fields)) {
    const path = `/fields/${name}`;
    if (!Object.hasOwn(fields, name)) {
      report(
        path,
        'mapping.unknown-field',
        `${record.record} 没有字段 ${name}`,
        `${record.record} has no field ${name}; it has ${Object.keys(fields).join(', ')}`,
      );
    }
    if (
      typeof field === 'object' &&
      'ifMissing' in field &&
      field.ifMissing === 'never' &&
      fields[name]?.mayBeNever !== true
    ) {
      report(`${path}/ifMissing`, 'mapping.never', `${name} 不能为“从未”`, `${name} cannot be "never"`);
    }
    checkField(field, path, has(record.from), has, columnsOf, report);
  }
  for (const [name, field] of Object.entries(fields)) {
    if (field.required && field.byDefault === undefined && !Object.hasOwn(record.fields, name)) {
      report(
        '/fields',
        'mapping.missing-field',
        `${record.record} 须有字段 ${name}`,
        `${record.record} needs the field ${name}`,
      );
    }
  }
}

type HasColumn = (column: string, path: string) => void;

function checkField(
  field: FieldMapping,
  path: string,
  own: HasColumn,
  of: (source: string) => HasColumn,
  columnsOf: ReadonlyMap<string, readonly string[]>,
  report: Report,
): void {
  if (typeof field === 'string') own(field, path);
  else if ('column' in field) own(field.column, `${path}/column`);
  else if ('firstOf' in field) field.firstOf.forEach((column) => void own(column, `${path}/firstOf`));
  else if ('template' in field)
    for (const [, column = ''] of field.template.matchAll(/\{([^}]*)\}/g)) own(column, `${path}/template`);
  else if ('expression' in field) checkExpression(field.expression, `${path}/expression`, report);
  else if ('lookup' in field || 'aggregate' in field) {
    const use = 'lookup' in field ? field.lookup : field.aggregate;
    const at = `${path}/${'lookup' in field ? 'lookup' : 'aggregate'}`;
    if (!columnsOf.has(use.in))
      report(`${at}/in`, 'mapping.unknown-source', `没有来源 ${use.in}`, `there is no source ${use.in}`);
    for (const [theirs, ours] of Object.entries(use.match)) {
      of(use.in)(theirs, `${at}/match`);
      own(ours, `${at}/match`);
    }
    checkCondition(use.where, `${at}/where`, of(use.in), report);
    if ('lookup' in field) of(use.in)(field.lookup.take, `${at}/take`);
    else if (field.aggregate.take !== 'count') of(use.in)(field.aggregate.column ?? '', `${at}/column`);
  }
}

function checkCondition(condition: LineCondition | undefined, path: string, has: HasColumn, report: Report): void {
  if (condition === undefined) return;
  if ('expression' in condition) checkExpression(condition.expression, `${path}/expression`, report);
  else has(condition.column, `${path}/column`);
}

function checkExpression(text: string, path: string, report: Report): void {
  try {
    jsonata(text);
  } catch (cause) {
    const { message } = cause as Error;
    report(path, 'mapping.expression', `表达式有误：${message}`, `not a JSONata expression: ${message}`);
  }
}
