import { Engine } from 'json-rules-engine';
import { ThreeValuedEngine } from './engine.js';
import { type EngineValue, UNKNOWN } from './fact-value.js';
import { parameterSet } from './parameters.js';
import type { Condition, Rule } from './rule-format.js';

const rule = (id: string, conditions: Condition): Rule => ({
  id,
  clause: 'M2',
  checkpoint: 'intake',
  severity: 'BLOCK',
  answeredBy: null,
  title: { zh: id, en: id },
  appliesTo: { products: ['*'] },
  effective: { from: '2026-01-01', to: null },
  conditions,
  reason: { zh: id, en: id },
  cure: { zh: id, en: id },
  whenUnknown: 'REFER',
});

const answer = async (
  conditions: Condition,
  facts: Record<string, unknown>,
  parameters: Record<string, number | string> = {},
) => {
  const engine = new ThreeValuedEngine([rule('it', conditions)], parameterSet(parameters));
  return (await engine.run(facts as Record<string, EngineValue>)).get('it')?.truth;
};

/** What the bare engine says of the same: whether its rule fires. */
const bare = async (conditions: object, facts: Record<string, unknown>): Promise<boolean> => {
  const engine = new Engine([], { allowUndefinedFacts: false });
  engine.addRule({ name: 'it', conditions: { all: [conditions] } as never, event: { type: 'it' } });
  return (await engine.run(facts)).results.length > 0;
};

const above = (value: number): Condition => ({ fact: 'x', operator: 'greaterThan', value });

describe('where json-rules-engine alone would let a loan pass', () => {
  it.each([
    ['null', null],
    ['NaN', Number.NaN],
    ['a number with text after it', '0.7abc'],
    ['a number as text', '9'],
    ['an object', {}],
    ['a list', [9]],
    ['a date object', new Date('2026-01-01')],
  ])('%s is silently not above the limit: here it is unknown', async (_, x) => {
    expect(await answer(above(5), { x })).toBe('unknown');
  });

  it('the bare engine is silent on null, NaN and text', async () => {
    for (const x of [null, Number.NaN, '0.7abc']) expect(await bare(above(5), { x })).toBe(false);
  });

  it('text is compared as text there, "9" above "10": here two texts are in order only as texts of one kind', async () => {
    expect(await bare({ fact: 'x', operator: 'greaterThan', value: '10' }, { x: '9' })).toBe(true);
    expect(await answer(above(10), { x: '9' })).toBe('unknown');
  });

  it('BigInt(10) is not 10 there: here a bigint is no fact', async () => {
    expect(await bare({ fact: 'x', operator: 'equal', value: 10 }, { x: 10n })).toBe(false);
    expect(await answer({ fact: 'x', operator: 'equal', value: 10 }, { x: 10n })).toBe('unknown');
  });

  it('a path that is not there passes notEqual there: here facts have no paths, and a missing one is unknown', async () => {
    const missing = { fact: 'x', path: '$.nowhere', operator: 'notEqual', value: 5 };
    expect(await bare(missing, { x: {} })).toBe(true);
    expect(await answer({ fact: 'x', operator: 'notEqual', value: 5 }, { x: UNKNOWN })).toBe('unknown');
    expect(await answer({ not: above(5) }, { x: UNKNOWN })).toBe('unknown');
  });

  it('an absent fact rejects the whole run there: here the caller gives every fact, and one left out is a fault', async () => {
    await expect(bare(above(5), {})).rejects.toThrow(/Undefined fact/);
    await expect(answer(above(5), {})).rejects.toThrow(/Undefined fact/);
  });

  it('conditions of unequal priority stop early there: here every operand is recorded', async () => {
    const engine = new ThreeValuedEngine(
      [rule('it', { any: [above(5), { fact: 'y', operator: 'equal', value: 1 }] })],
      parameterSet({}),
    );
    const found = (await engine.run({ x: 9, y: UNKNOWN })).get('it');
    expect(found?.truth).toBe('true');
    expect(found?.compared.map(({ fact, truth }) => [fact, truth])).toEqual([
      ['x', 'true'],
      ['y', 'unknown'],
    ]);
  });

  it('its own result above a leaf is two-valued: here unknown beside false stays unknown under or, false under and', async () => {
    const parts: Condition[] = [above(5), { fact: 'y', operator: 'equal', value: 1 }];
    expect(await answer({ any: parts }, { x: 1, y: UNKNOWN })).toBe('unknown');
    expect(await answer({ all: parts }, { x: 1, y: UNKNOWN })).toBe('false');
    expect(await answer({ not: { all: parts } }, { x: 9, y: UNKNOWN })).toBe('unknown');
  });

  it('a run that ends marks the engine finished, and one beside it skips rules there: here runs stand in line', async () => {
    const engine = new ThreeValuedEngine(
      [rule('a', above(5)), rule('b', above(6)), rule('c', above(7))],
      parameterSet({}),
    );
    const runs = await Promise.all(Array.from({ length: 200 }, (_, x) => engine.run({ x: x % 10 })));
    runs.forEach((run, x) => {
      expect([...run].map(([id, { truth }]) => `${id} ${truth}`).sort()).toEqual([
        `a ${x % 10 > 5}`,
        `b ${x % 10 > 6}`,
        `c ${x % 10 > 7}`,
      ]);
    });
  });

  it('one fault does not stop the runs behind it', async () => {
    const engine = new ThreeValuedEngine([rule('a', above(5))], parameterSet({}));
    const [fault, good] = await Promise.allSettled([engine.run({}), engine.run({ x: 9 })]);
    expect(fault.status).toBe('rejected');
    expect(good.status === 'fulfilled' && good.value.get('a')?.truth).toBe('true');
  });

  it('a parameter that is missing or of another type is unknown, on either side of a portion too', async () => {
    const limit: Condition = { fact: 'x', operator: 'greaterThan', value: { fact: 'policy.hardEnquiriesTolerated' } };
    expect(await answer(limit, { x: 9 })).toBe('unknown');
    expect(await answer(limit, { x: 9 }, { 'policy.hardEnquiriesTolerated': '6' })).toBe('unknown');
    expect(await answer(limit, { x: 9 }, { 'policy.hardEnquiriesTolerated': 6 })).toBe('true');
    const portion: Condition = {
      fact: 'x',
      operator: 'greaterThan',
      value: { percentOf: { fact: 'policy.netCapitalFen' }, percent: { fact: 'policy.singleBorrowerPercent' } },
    };
    expect(await answer(portion, { x: 11 }, { 'policy.netCapitalFen': 100 })).toBe('unknown');
    expect(await answer(portion, { x: 11 }, { 'policy.singleBorrowerPercent': 10 })).toBe('unknown');
    expect(await answer(portion, { x: 11 }, { 'policy.netCapitalFen': 100, 'policy.singleBorrowerPercent': 10 })).toBe(
      'true',
    );
  });
});

describe('lists', () => {
  const loan = (balance: unknown, bad: unknown) => ({ balance, bad }) as Record<string, unknown>;
  const isBad = { field: 'bad', operator: 'equal', value: true } as const;
  const total = (limit: number, where?: typeof isBad): Condition => ({
    fact: 'loans',
    operator: 'sum',
    value: { field: 'balance', operator: 'greaterThan', value: limit, ...(where === undefined ? {} : { where }) },
  });

  it.each<[string, Condition, Record<string, unknown>[], string]>([
    ['some, of nothing', { fact: 'loans', operator: 'some', value: isBad }, [], 'false'],
    ['every, of nothing', { fact: 'loans', operator: 'every', value: isBad }, [], 'true'],
    [
      'some, one unknown among false',
      { fact: 'loans', operator: 'some', value: isBad },
      [loan(1, false), loan(1, UNKNOWN)],
      'unknown',
    ],
    [
      'some, one unknown beside true',
      { fact: 'loans', operator: 'some', value: isBad },
      [loan(1, true), loan(1, UNKNOWN)],
      'true',
    ],
    [
      'every, one unknown among true',
      { fact: 'loans', operator: 'every', value: isBad },
      [loan(1, true), loan(1, UNKNOWN)],
      'unknown',
    ],
    [
      'every, one unknown beside false',
      { fact: 'loans', operator: 'every', value: isBad },
      [loan(1, false), loan(1, UNKNOWN)],
      'false',
    ],
    ['a sum', total(4), [loan(2, true), loan(3, true)], 'true'],
    ['a sum at its limit', total(5), [loan(2, true), loan(3, true)], 'false'],
    ['a sum of nothing', total(0), [], 'false'],
    ['a sum with an unknown part', total(4), [loan(9, true), loan(UNKNOWN, true)], 'unknown'],
    ['a sum over the bad ones', total(4, isBad), [loan(5, true), loan(9, false)], 'true'],
    ['a sum in which one may be bad or not', total(4, isBad), [loan(5, true), loan(1, UNKNOWN)], 'unknown'],
    ['a sum beyond 2^53', total(4), [loan(Number.MAX_SAFE_INTEGER, true), loan(1, true)], 'unknown'],
  ])('%s', async (_, condition, loans, truth) => {
    expect(await answer(condition, { loans })).toBe(truth);
  });

  it('a list that is none is unknown', async () => {
    for (const loans of [UNKNOWN, null, {}, 'two', 2]) expect(await answer(total(4), { loans })).toBe('unknown');
  });
});
