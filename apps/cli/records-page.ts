import type { FieldType, RecordField } from '#libs/contracts/import/field-types.js';
import { definitionOf, RECORD_KINDS } from '#libs/contracts/import/records.js';

const TYPES: Readonly<Record<FieldType['kind'], string>> = {
  text: 'text',
  ref: 'number of the record in the source',
  fen: 'money, in yuan unless `unit` says otherwise',
  date: 'date, `yyyy-MM-dd` unless `date` says otherwise',
  count: 'whole number',
  percent: 'percentage',
  enum: '',
};

const typeOf = ({ type }: RecordField): string => {
  if (type.kind === 'enum') return type.values.map((value) => `\`${value}\``).join(', ');
  return type.kind === 'ref' && type.to !== undefined ? `reference to \`${type.to}\`` : TYPES[type.kind];
};

const needOf = ({ required, byDefault, mayBeNever }: RecordField): string =>
  [
    required && byDefault === undefined ? 'needed' : 'optional',
    ...(byDefault === undefined ? [] : [`\`${byDefault}\` where left out`]),
    ...(mayBeNever === true ? ['may be `never`'] : []),
  ].join('; ');

/** The canonical records that a mapping fills, as a page of documentation. */
export function recordsPage(): string {
  const lines = [
    '# Canonical records 标准记录',
    '',
    'Made from the code by `npm run generate`. In this order records are taken in.',
  ];
  for (const kind of RECORD_KINDS) {
    const { label, clause, fields } = definitionOf(kind);
    lines.push(
      '',
      `## \`${kind}\` ${label.en} ${label.zh} (${clause})`,
      '',
      '| field | 字段 | meaning | type | |',
      '|---|---|---|---|---|',
    );
    for (const [name, field] of Object.entries<RecordField>(fields)) {
      lines.push(`| \`${name}\` | ${field.label.zh} | ${field.label.en} | ${typeOf(field)} | ${needOf(field)} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}
