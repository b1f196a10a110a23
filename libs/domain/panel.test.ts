import { notCarried } from './panel.js';

describe('the panel of a year follows its tender or its vote (G3)', () => {
  const bids = (scores: Record<string, number>) => ({
    chosenBy: 'tender' as const,
    bids: Object.entries(scores).map(([firmId, scoreHundredths]) => ({ firmId, scoreHundredths })),
  });

  it('the best bids are carried, a worse one is not, nor a firm that did not bid', () => {
    const record = bids({ a: 9000, b: 8000, c: 7000 });
    expect(notCarried(['a', 'b'], record)).toEqual([]);
    expect(notCarried(['a', 'c'], record)).toEqual(['c']);
    expect(notCarried(['a', 'x'], record)).toEqual(['x']);
  });

  it('firms that stand alike may be chosen either way', () => {
    expect(notCarried(['a', 'c'], bids({ a: 9000, b: 8000, c: 8000 }))).toEqual([]);
  });

  it('a branch head counts once for a firm, however often it is written', () => {
    const ballots = [
      { branchId: '1', firmIds: ['a', 'b'] },
      { branchId: '2', firmIds: ['a', 'c', 'c', 'c'] },
      { branchId: '3', firmIds: ['b', 'a'] },
    ];
    expect(notCarried(['a', 'b'], { chosenBy: 'vote', ballots })).toEqual([]);
    expect(notCarried(['a', 'c'], { chosenBy: 'vote', ballots })).toEqual(['c']);
  });
});
