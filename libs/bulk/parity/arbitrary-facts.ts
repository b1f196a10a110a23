import fc from 'fast-check';
import type { FieldDefinition } from '../../rules/fact-definition.js';
import type { FactSet } from '../../rules/fact-value.js';
import { PARITY_CATALOGUE, PARITY_PRODUCTS } from './parity-catalogue.js';

/** Values that no fact may have, or not this one: each must be unknown on every path. */
const spoilt = fc.constantFrom<unknown>(
  null,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  0.5,
  2 ** 53,
  1e300,
  -0,
  '9',
  '0.7abc',
  '',
  true,
  [],
  [null],
  {},
  { never: true },
  { never: 'true' },
  '2026-02-30',
  '2026-2-3',
  '1799-12-31',
  'nothing of it',
);

function goodValue(definition: FieldDefinition): fc.Arbitrary<unknown> {
  switch (definition.type) {
    case 'boolean':
      return fc.boolean();
    case 'text':
      return fc.constantFrom(...definition.values);
    case 'date':
      return fc.constantFrom('2026-02-28', '2026-03-01', '2024-02-29', '1800-01-01', '2999-12-31');
    case 'number': {
      const whole = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constantFrom(Number.MAX_SAFE_INTEGER, 1000));
      if (definition.mayBeNever === true) return fc.oneof(whole, fc.constant({ never: true }));
      return definition.unit === 'percent' ? fc.oneof(whole, fc.constantFrom(0.1, 0.3, 24.5, 1e300)) : whole;
    }
  }
}

const anyValue = (definition: FieldDefinition): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 9, arbitrary: goodValue(definition) }, { weight: 1, arbitrary: spoilt });

const recordOf = (fields: Readonly<Record<string, FieldDefinition>>): fc.Arbitrary<unknown> =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, anyValue(field)])), {
        requiredKeys: [],
      }),
    },
    { weight: 1, arbitrary: spoilt },
  );

const gatheredOf = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    {
      weight: 20,
      arbitrary: fc.record({
        value,
        source: fc.constant('ledger'),
        asOf: fc.constantFrom('2026-11-24', '2026-10-25', '2026-10-26', '2027-01-01', 'abc'),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ unknown: fc.constantFrom('stale', 'not-stated'), source: fc.constant('ledger') }),
    },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(undefined, null, 5, 'text', [], {}) },
  );

/** A set of facts as a decision keeps it: each there or not, sound or spoilt. */
const factSet: fc.Arbitrary<FactSet> = fc.record(
  Object.fromEntries(
    [...PARITY_CATALOGUE].map(([name, definition]) => [
      name,
      gatheredOf(
        definition.type === 'list'
          ? fc.oneof(
              { weight: 8, arbitrary: fc.array(recordOf(definition.fields), { maxLength: 3 }) },
              { weight: 1, arbitrary: spoilt },
            )
          : anyValue(definition),
      ),
    ]),
  ),
) as fc.Arbitrary<FactSet>;

export interface ParityCase {
  readonly facts: FactSet;
  readonly product: (typeof PARITY_PRODUCTS)[number];
}

export const arbitraryCases = (count: number): fc.Arbitrary<ParityCase[]> =>
  fc.array(fc.record({ facts: factSet, product: fc.constantFrom(...PARITY_PRODUCTS) }), {
    minLength: count,
    maxLength: count,
  });
