import fc from 'fast-check';
import { formatFen, MAX_FEN, parseYuan } from './money.js';

describe('money is whole fen', () => {
  it.each([
    ['50000', 5_000_000n],
    ['1234.5', 123_450n],
    ['-3.07', -307n],
    ['96,396.00', 9_639_600n],
    ['0.010', 1n],
    [' 7 ', 700n],
    ['+7', 700n],
    ['0', 0n],
  ])('%s yuan', (text, fen) => {
    expect(parseYuan(text)).toBe(fen);
  });

  it.each([
    '',
    '.',
    '1.',
    '.5',
    '1.001',
    '1e3',
    '1,00',
    '1.000,00',
    '٣',
    'NaN',
    'Infinity',
    '--1',
    '90071992547409.92',
    '1 000',
  ])('"%s" is no sum of money', (text) => {
    expect(parseYuan(text)).toBeNull();
  });

  it('what is shown is read back as the same fen', () => {
    fc.assert(fc.property(fc.bigInt(-MAX_FEN, MAX_FEN), (fen) => parseYuan(formatFen(fen)) === fen));
  });

  it('is shown with two decimals and thousands apart', () => {
    expect(formatFen(5_000_000n)).toBe('50,000.00');
    expect(formatFen(-7n)).toBe('-0.07');
  });
});
