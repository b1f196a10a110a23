import fc from 'fast-check';
import { ORDER_OPERATORS } from '../../rules/operators.js';
import type { Condition, Rule } from '../../rules/rule-format.js';
import { PARITY_CATALOGUE, PARITY_PARAMETERS, PARITY_PRODUCTS, SCALAR_FACTS } from './parity-catalogue.js';

const number = fc.oneof(
  fc.integer({ min: -2, max: 6 }),
  fc.constantFrom(0.1, 0.3, 24.5, -0, 5e-324, 1e308, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1, 1e21),
);
const text = fc.constantFrom(
  'a',
  'b',
  "it's",
  '张',
  '9',
  '10',
  '',
  '2026-02-29',
  '2026-03-01',
  '0.7abc',
  '中',
  '"',
  '\\',
);
const constant = fc.oneof(number, text, fc.boolean());

const scalarFact = fc.constantFrom(...SCALAR_FACTS);
const policy = fc.constantFrom(...Object.keys(PARITY_PARAMETERS), 'policy.latePaymentsLimit');
const portion = fc.record({
  percentOf: fc.record({ fact: policy }),
  percent: fc.record({ fact: policy }),
});
const members = fc.array(constant, { minLength: 1, maxLength: 3 });
const order = fc.constantFrom(...ORDER_OPERATORS, 'equal', 'notEqual');

const comparedWith = fc.oneof(
  { weight: 6, arbitrary: constant },
  { weight: 2, arbitrary: fc.record({ fact: scalarFact }) },
  { weight: 2, arbitrary: fc.record({ fact: policy }) },
  { weight: 1, arbitrary: portion },
);

/** Mostly of the fact's own type, so that most answers are true or false. */
function suited(fact: string): fc.Arbitrary<unknown> {
  const definition = PARITY_CATALOGUE.get(fact);
  if (definition?.type === 'number') return number;
  if (definition?.type === 'boolean') return fc.boolean();
  return definition?.type === 'date' ? fc.constantFrom('2026-02-28', '2026-03-01', '2024-02-29') : text;
}

const scalarLeaf = scalarFact.chain((fact) => {
  const value = fc.oneof({ weight: 4, arbitrary: suited(fact) }, { weight: 1, arbitrary: comparedWith });
  return fc.oneof(
    { weight: 5, arbitrary: fc.record({ fact: fc.constant(fact), operator: order, value }) },
    {
      weight: 1,
      arbitrary: fc.record({ fact: fc.constant(fact), operator: fc.constantFrom('in', 'notIn'), value: members }),
    },
  );
});

const FIELDS = ['kind', 'amountFen', 'ratePercent', 'on', 'settled', 'sinceMonths', 'nowhere'];
const fieldLeaf = fc.oneof(
  fc.record({
    field: fc.constantFrom(...FIELDS),
    operator: order,
    value: fc.oneof(constant, fc.record({ fact: policy }), portion),
  }),
  fc.record({ field: fc.constantFrom(...FIELDS), operator: fc.constantFrom('in', 'notIn'), value: members }),
);

/** all, any and not over leaves, some levels deep. */
function treeOf<Leaf>(leaf: fc.Arbitrary<Leaf>, maxDepth: number): fc.Arbitrary<unknown> {
  return fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth, depthSize: 'small' },
      { weight: 3, arbitrary: leaf },
      { weight: 1, arbitrary: fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }) },
      { weight: 1, arbitrary: fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }) },
      { weight: 1, arbitrary: fc.record({ not: tie('tree') }) },
    ),
  })).tree as fc.Arbitrary<unknown>;
}

const predicate = treeOf(fieldLeaf, 2);
const listLeaf = fc.oneof(
  fc.record({
    fact: fc.constantFrom('list.loans', 'list.loans', 'count.one'),
    operator: fc.constantFrom('some', 'every'),
    value: predicate,
  }),
  fc.record({
    fact: fc.constant('list.loans'),
    operator: fc.constant('sum'),
    value: fc.record(
      { field: fc.constantFrom('amountFen', 'sinceMonths'), where: predicate, operator: order, value: comparedWith },
      { requiredKeys: ['field', 'operator', 'value'] },
    ),
  }),
);

const condition = treeOf(
  fc.oneof({ weight: 4, arbitrary: scalarLeaf }, { weight: 1, arbitrary: listLeaf }),
  4,
) as fc.Arbitrary<Condition>;

const severity = fc.constantFrom('WARN', 'REFER', 'BLOCK');
const appliesTo = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ products: ['*'] }) },
  {
    weight: 1,
    arbitrary: fc.record({ products: fc.subarray([...PARITY_PRODUCTS.map(({ code }) => code)], { minLength: 1 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ products: ['*'], categories: ["farmers'"] }) },
);
const exceptions = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(['repaymentPlan'], ['repaymentPlan', 'overAuthorityRoute'])
      .map((needs) => [{ clause: 'C9', needs, answeredBy: 'deputy_director' }]),
  },
);

/** A rule as a book may hold it, and some that no book may: what lint refuses must answer alike too. */
const arbitraryRule = fc
  .record({ conditions: condition, severity, whenUnknown: severity, appliesTo, exceptions })
  .map(({ exceptions: granted, ...rest }) => ({ ...rest, ...(granted === undefined ? {} : { exceptions: granted }) }));

const words = { zh: '规则', en: 'rule' };

export const arbitraryRules = (count: number): fc.Arbitrary<Rule[]> =>
  fc.array(arbitraryRule, { minLength: count, maxLength: count }).map((rules) =>
    rules.map(
      (rule, index) =>
        ({
          id: `rule-${index}`,
          clause: 'M2',
          checkpoint: 'intake',
          answeredBy: 'deputy_director',
          title: words,
          reason: words,
          cure: words,
          effective: { from: '2026-01-01', to: null },
          ...rule,
        }) as unknown as Rule,
    ),
  );
