import fc from 'fast-check';
import { ThreeValuedEngine } from '../engine.js';
import { type EngineValue, UNKNOWN } from '../fact-value.js';
import { parameterSet } from '../parameters.js';
import type { Condition, Rule } from '../rule-format.js';
import { naiveAnswer } from './naive-reference.js';

const scalar = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0.1, 0.3, Number.MAX_SAFE_INTEGER, -0, Number.POSITIVE_INFINITY),
  fc.constantFrom('a', 'b', "it's", '9', '10', '2026-02-29', '2026-03-01', ''),
  fc.boolean(),
);
const spoilt = fc.constantFrom<unknown>(UNKNOWN, null, undefined, Number.NaN, {}, [], 10n);
const factName = fc.constantFrom('p', 'q', 'r', 's');
const facts = fc.record({ p: fc.oneof(scalar, spoilt), q: fc.oneof(scalar, spoilt), r: scalar, s: scalar });

const plainLeaf = fc.record({
  fact: factName,
  operator: fc.constantFrom(
    'equal',
    'notEqual',
    'greaterThan',
    'greaterThanInclusive',
    'lessThan',
    'lessThanInclusive',
  ),
  value: fc.oneof(scalar, fc.record({ fact: factName })),
});
const memberLeaf = fc.record({
  fact: factName,
  operator: fc.constantFrom('in', 'notIn'),
  value: fc.array(scalar, { minLength: 1, maxLength: 3 }),
});

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    fc.oneof(plainLeaf, memberLeaf) as fc.Arbitrary<Condition>,
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
}));

const ruleOf = (conditions: Condition): Rule => ({ id: 'it', conditions }) as Rule;

it('the engine answers every random rule over random facts as the simple reading does', async () => {
  const seen = { true: 0, false: 0, unknown: 0 };
  await fc.assert(
    fc.asyncProperty(condition, facts, async (conditions, given) => {
      fc.pre(Object.values(given).every((value) => value !== undefined)); // an absent fact is a fault of the caller
      const engine = new ThreeValuedEngine([ruleOf(conditions)], parameterSet({}));
      const truth = (await engine.run(given as Record<string, EngineValue>)).get('it')?.truth ?? 'none';
      const said = naiveAnswer(conditions, given);
      seen[truth as keyof typeof seen] += 1;
      expect(truth).toBe(said === undefined ? 'unknown' : String(said));
    }),
    { numRuns: 5000 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(200);
});
