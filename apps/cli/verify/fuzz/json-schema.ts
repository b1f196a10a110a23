import fc, { type Arbitrary } from 'fast-check';

/** What the API's own schemas use of JSON Schema. */
export interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** Values that a field of some name takes rather than random ones: ids of records that are there. */
export type Known = (name: string) => readonly unknown[] | undefined;

const day = fc
  .date({ min: new Date('1980-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

function text(schema: JsonSchema): Arbitrary<string> {
  if (schema.format === 'uuid') return fc.uuid();
  if (schema.format === 'date') return day;
  if (schema.format === 'email') return fc.emailAddress();
  if (schema.format === 'uri') return fc.webUrl();
  const minLength = schema.minLength ?? 0;
  const maxLength = Math.min(schema.maxLength ?? 60, minLength + 60);
  const plain = fc.string({ unit: 'grapheme', minLength, maxLength });
  if (schema.pattern === undefined) return plain;
  const pattern = new RegExp(schema.pattern, 'u');
  // A pattern that forbids characters, or asks for a form: what forbids is met by most texts.
  return pattern.test('贷款 loan 2026')
    ? plain.filter((one) => pattern.test(one) && one.trim().length >= minLength)
    : fc.stringMatching(pattern).filter((one) => one.length >= minLength && one.length <= (schema.maxLength ?? 200));
}

/** Values that a schema allows. */
export function valid(schema: JsonSchema, known: Known, name = ''): Arbitrary<unknown> {
  const values = known(name);
  if (values !== undefined && values.length > 0) return fc.constantFrom(...values);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((one) => valid(one, known, name)));
  switch (schema.type) {
    case 'object':
      return objectOf(schema, known);
    case 'array':
      return fc.array(valid(schema.items ?? {}, known, name), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, (schema.minItems ?? 0) + 3),
      });
    case 'integer':
      return fc.integer({
        min: schema.minimum ?? 0,
        max: Math.min(schema.maximum ?? 1_000_000, Number.MAX_SAFE_INTEGER),
      });
    case 'number':
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1e6, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return text(schema);
  }
}

function objectOf(schema: JsonSchema, known: Known): Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {});
  const model = Object.fromEntries(properties.map(([name, one]) => [name, valid(one, known, name)]));
  const required = (schema.required ?? []).filter((name) => name in model);
  return fc.record(model, { requiredKeys: required, noNullPrototype: true });
}

/** What no schema allows, and what breaks careless programs. */
const POISON: readonly unknown[] = [
  null,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e',
  "'; drop table loan; --",
  '${jndi:ldap://x}',
  '../../etc/passwd',
  '<script>',
  '9'.repeat(400),
  'x'.repeat(5000),
  -1,
  0,
  0.1,
  1e308,
  9007199254740992,
  true,
  [],
  {},
  { $gt: '' },
  { toString: 'x' },
  [[[[[]]]]],
  '2026-02-30',
  '0000-00-00',
  '99999-12-31',
  'NaN',
];

/** A value in which one thing at some depth is wrong, missing or too much. */
export function broken(value: unknown): Arbitrary<unknown> {
  if (Array.isArray(value) && value.length > 0)
    return fc
      .nat(value.length - 1)
      .chain((at) => broken(value[at]).map((one) => value.map((old, index) => (index === at ? one : old))));
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return fc.constantFrom(...POISON);
  const entries = Object.entries(value);
  return fc.nat(entries.length - 1).chain((at) => {
    const [name = ''] = entries[at] ?? [];
    const without = Object.fromEntries(entries.filter(([one]) => one !== name));
    return fc.oneof(
      broken(entries[at]?.[1]).map((one) => ({ ...value, [name]: one })),
      fc.constantFrom(...POISON).map((one) => ({ ...value, [name]: one })),
      fc.constant(without),
      fc.constantFrom('extra', '__proto__', 'constructor').map((one) => ({ ...value, [one]: 1 })),
      fc.constantFrom(...POISON),
    );
  });
}
