import { paperKey } from './paper-key.js';

it.each([
  ['青房权证第001号', '青房权证 第 001 号'],
  ['青房权证第001号', '青房权证第００１号'],
  ['R-1', 'r—1'],
  ['(2026)甘1', '（2026）甘1'],
])('%s and %s are the same paper', (one, other) => {
  expect(paperKey(one)).toBe(paperKey(other));
});

it('another number is another paper', () => {
  expect(paperKey('第001号')).not.toBe(paperKey('第002号'));
});
