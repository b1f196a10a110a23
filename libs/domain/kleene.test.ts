import fc from 'fast-check';
import { and, not, or, type Truth } from './kleene.js';

const truth = fc.constantFrom<Truth>('true', 'false', 'unknown');

describe("Kleene's three values", () => {
  it.each<[Truth, Truth, Truth, Truth]>([
    ['true', 'true', 'true', 'true'],
    ['true', 'false', 'false', 'true'],
    ['true', 'unknown', 'unknown', 'true'],
    ['false', 'false', 'false', 'false'],
    ['false', 'unknown', 'false', 'unknown'],
    ['unknown', 'unknown', 'unknown', 'unknown'],
  ])('%s with %s: and %s, or %s', (left, right, both, either) => {
    expect([and([left, right]), and([right, left])]).toEqual([both, both]);
    expect([or([left, right]), or([right, left])]).toEqual([either, either]);
  });

  it('not of and is or of not', () => {
    fc.assert(
      fc.property(
        fc.array(truth),
        (parts) => not(and(parts)) === or(parts.map(not)) && not(not(and(parts))) === and(parts),
      ),
    );
  });

  it('learning more never turns a known answer around', () => {
    fc.assert(
      fc.property(
        fc.array(truth, { minLength: 1 }),
        fc.nat(),
        fc.constantFrom<Truth>('true', 'false'),
        (parts, at, learnt) => {
          const position = at % parts.length;
          fc.pre(parts[position] === 'unknown');
          const now = parts.with(position, learnt);
          return [and, or].every((join) => join(parts) === 'unknown' || join(now) === join(parts));
        },
      ),
    );
  });

  it('of nothing: and is true, or is false', () => {
    expect([and([]), or([])]).toEqual(['true', 'false']);
  });
});
